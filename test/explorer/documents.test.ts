import { parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { citationQuery } from '../../src/explorer/app/figure/citation-query.ts';
import { fidelityQuery } from '../../src/explorer/app/figure/fidelity-query.ts';
import { figureQuery } from '../../src/explorer/app/figure/figure-query.ts';
import { fieldOf, optionsOf, optionsQuery } from '../../src/explorer/app/figure/filter-options.ts';
import { galleryQuery } from '../../src/explorer/app/gallery/gallery-query.ts';
import { buildAtlasSchema } from '../../src/graphql/schema.ts';
import { dimensions } from '../../src/measures/dimensions.ts';

const schema = buildAtlasSchema();

it.each(Object.entries({ galleryQuery, figureQuery, fidelityQuery, citationQuery }))(
  'the pages ask what the schema answers: %s',
  (_name, text) => {
    expect(validate(schema, parse(text))).toEqual([]);
  },
);

describe.each(dimensions.map(({ name, field }) => [name, field] as const))(
  'the filter by %s',
  (name, field) => {
    it('has a field of its own, and a question for its values', () => {
      expect(fieldOf(name)).toBe(field);
      expect(validate(schema, parse(optionsQuery(name, 'a', 'a@1').query))).toEqual([]);
    });
  },
);

it('offers entities by name, and the few labels in words', () => {
  expect(optionsOf('MODEL', { models: { nodes: [{ id: 'Model:openai/gpt-4o', name: 'GPT-4o' }] } })).toEqual([
    { value: 'openai/gpt-4o', name: 'GPT-4o' },
  ]);
  const labels = { dataset: { dimensions: [{ name: 'SIZE', values: [{ name: 'SMALL' }] }] } };
  expect(optionsOf('SIZE', labels)).toEqual([{ value: 'SMALL', name: 'small' }]);
  expect(optionsOf('MODEL', undefined)).toEqual([]);
  const tagged = { categories: { nodes: [{ tags: [{ id: 'tag:games', name: 'Games' }] }, { tags: [] }] } };
  expect(optionsOf('TAG', tagged)).toEqual([{ value: 'games', name: 'Games' }]);
});
