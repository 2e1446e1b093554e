import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog, providerOf, resolveProvider } from '../../src/catalog/index.ts';

describe('resolveProvider', () => {
  it.each([
    ['Relace', 'relace'],
    ['Google', 'google-vertex'],
    ['Google AI Studio', 'google-ai-studio'],
    ['DeepInfra', 'deepinfra'],
    ['Novita', 'novita'],
    ['Azure', 'azure'],
    ['Together 2', 'together'],
    ['together_ai', 'together'],
    ['bedrock_converse', 'amazon-bedrock'],
    ['Io Net', 'io-net'],
    ['VoyageAI by MongoDB', 'voyageai-by-mongodb'],
  ])('knows %s as %s', (name, providerId) => {
    expect(resolveProvider(name)).toEqual({ providerId, known: true });
  });

  it('keeps an unknown name, and says so', () => {
    expect(resolveProvider('My Own Host')).toEqual({ providerId: 'unlabelled/my own host', known: false });
    expect(providerOf('unlabelled/my own host')).toMatchObject({ name: 'my own host', country: null });
  });

  it('answers every text, whatever its case, and an id with itself', () => {
    const names = fc.oneof(fc.constantFrom(...catalog.providers.keys()), fc.stringMatching(/^[ -~]*$/));
    fc.assert(
      fc.property(names, (raw) => {
        const { providerId } = resolveProvider(raw);
        expect(resolveProvider(raw.toUpperCase()).providerId).toBe(providerId);
        expect(resolveProvider(providerId).providerId).toBe(providerId);
        expect(providerOf(providerId).id).toBe(providerId);
      }),
    );
  });

  it('has no name that two providers claim', () => {
    const names = [...catalog.providers.values()].flatMap(({ id, name, aliases }) => [
      ...new Set([id, name.toLowerCase(), ...aliases]),
    ]);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});
