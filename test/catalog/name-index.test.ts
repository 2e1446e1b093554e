import { describe, expect, it } from 'vitest';
import { AuthorIndex } from '../../src/catalog/identity.ts';
import { NameIndex } from '../../src/catalog/name-index.ts';

const author = (id: string, ...aliases: string[]) =>
  Object.freeze({ id, name: id, origin: null, country: null, homepage: null, aliases });
const newIndex = () => new NameIndex(new AuthorIndex([author('acme', 'acme-ai'), author('other-author')]));

describe('NameIndex', () => {
  it("finds a name under every prefix of its author, and bare, but not under another author's", () => {
    const index = newIndex();
    index.addOwnName('acme/Model-2', 'acme/model-2');
    for (const name of ['acme/model-2', 'acme-ai/model.2', 'Model 2']) {
      expect(index.find(name)).toBe('acme/model-2');
    }
    expect(index.find('other-author/model-2')).toBeNull();
    expect(index.find('nobody/model-2')).toBeNull();
  });

  it("believes a model's own name before another model's title", () => {
    const index = newIndex();
    index.addOtherName('acme/model-2', 'acme/model-2v');
    index.addOwnName('acme/model-2', 'acme/model-2');
    expect(index.find('acme/model-2')).toBe('acme/model-2');
    expect(index.find('model-2')).toBe('acme/model-2');
  });

  it('gives no model for a name that two of them have', () => {
    const index = newIndex();
    index.addOwnName('acme/large', 'acme/large');
    index.addOwnName('other-author/large', 'other-author/large');
    index.addOtherName('acme/twin', 'acme/large');
    index.addOtherName('acme/twin', 'acme/small');
    expect(index.find('large')).toBeNull();
    expect(index.find('acme/large')).toBe('acme/large');
    expect(index.find('acme/twin')).toBeNull();
  });

  it('refuses two models of one own name', () => {
    const index = newIndex();
    index.addOwnName('acme/model-2', 'acme/model-2');
    expect(() => {
      index.addOwnName('acme-ai/model.2', 'acme/another');
    }).toThrow('acme-ai/model.2 is claimed by acme/model-2 and acme/another');
  });

  it('asks for the prefix where there is no author: routers have common words for names', () => {
    const index = newIndex();
    index.addOwnName('router/auto', 'router/auto');
    expect(index.find('router/auto')).toBe('router/auto');
    expect(index.find('auto')).toBeNull();
  });
});
