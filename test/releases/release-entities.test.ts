import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalog, OTHER_MODELS_ID } from '../../src/catalog/index.ts';
import { sourceGroupOf } from '../../src/releases/entity-columns.ts';
import { numberEntities } from '../../src/releases/release-entities.ts';

const names = fc.array(fc.oneof(fc.string(), fc.constantFrom(...catalog.models.keys())), { maxLength: 20 });

it('numbers the whole catalogue and every name, whatever the order of the names', () => {
  fc.assert(
    fc.property(names, names, fc.nat(), (models, providers, turn) => {
      const countries = ['DE', 'XX'];
      const entities = numberEntities({ models, providers, countries });
      const turned = (list: string[]) => [...list.slice(turn % 20), ...list.slice(0, turn % 20)];
      const again = numberEntities({ models: turned(models), providers: turned(providers), countries });
      expect([...again.models]).toEqual([...entities.models]);
      expect([...again.providers]).toEqual([...entities.providers]);

      const modelKeys = new Map([...entities.modelNames].map(([raw, { modelKey }]) => [raw, modelKey]));
      for (const [byKey, keysByName, raws, known] of [
        [entities.models, modelKeys, models, catalog.models],
        [entities.providers, entities.providerKeysByRawName, providers, catalog.providers],
      ] as const) {
        const ids = [...byKey.values()].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining([...known.keys()].filter((id) => id !== OTHER_MODELS_ID)));
        for (const raw of raws) {
          expect(raw === OTHER_MODELS_ID || byKey.has(keysByName.get(raw) ?? 0)).toBe(true);
        }
      }
    }),
    { numRuns: 30 },
  );
});

it('tells author, source group and host of a model name, and nothing of the rest of a feed', () => {
  const { modelNames, models, authorKeys, providers, continents } = numberEntities({
    models: ['fireworks_ai/llama-v3p1-8b-instruct', 'my own', OTHER_MODELS_ID],
    providers: [],
    countries: ['DE', 'XX'],
  });
  const [hosted, own, rest] = [...modelNames.values()];
  expect(models.get(hosted?.modelKey ?? 0)?.id).toBe('meta-llama/llama-3.1-8b-instruct');
  expect(hosted).toMatchObject({
    authorKey: authorKeys.get('meta-llama'),
    sourceGroup: 'REST_OF_WORLD_OPEN',
  });
  expect(providers.get(hosted?.providerKey ?? 0)?.id).toBe('fireworks');
  const nothing = { authorKey: null, sourceGroup: null, providerKey: null };
  expect(own).toEqual({ ...nothing, modelKey: expect.any(Number) });
  expect(rest).toEqual({ ...nothing, modelKey: null });
  expect([...models.values()].map(({ id }) => id)).not.toContain(OTHER_MODELS_ID);
  expect([...continents]).toEqual([
    ['DE', 'EU'],
    ['XX', null],
  ]);
});

it('groups proprietary models together and open ones by origin, and leaves unknown ones out', () => {
  const group = (source: 'OPEN' | 'PROPRIETARY' | null, origin: 'CHINA' | 'REST_OF_WORLD' | null) =>
    sourceGroupOf({ source, origin });
  expect(group('PROPRIETARY', 'CHINA')).toBe('PROPRIETARY');
  expect(group('PROPRIETARY', null)).toBe('PROPRIETARY');
  expect(group('OPEN', 'CHINA')).toBe('CHINESE_OPEN');
  expect(group('OPEN', 'REST_OF_WORLD')).toBe('REST_OF_WORLD_OPEN');
  expect(group('OPEN', null)).toBeNull();
  expect(group(null, 'CHINA')).toBeNull();
});
