import fc from 'fast-check';
import { expect, it } from 'vitest';
import { catalog } from '../../src/catalog/index.ts';
import { sourceGroupOf } from '../../src/releases/entity-columns.ts';
import { numberEntities } from '../../src/releases/release-entities.ts';

const names = fc.array(fc.oneof(fc.string(), fc.constantFrom(...catalog.models.keys())), { maxLength: 20 });

it('numbers the whole catalogue and every name, whatever the order of the names', () => {
  fc.assert(
    fc.property(names, names, fc.nat(), (models, providers, turn) => {
      const entities = numberEntities({ models, providers });
      const turned = (list: string[]) => [...list.slice(turn % 20), ...list.slice(0, turn % 20)];
      const again = numberEntities({ models: turned(models), providers: turned(providers) });
      expect([...again.models]).toEqual([...entities.models]);
      expect([...again.providers]).toEqual([...entities.providers]);

      for (const [byKey, keysByName, raws, known] of [
        [entities.models, entities.modelKeysByRawName, models, catalog.models],
        [entities.providers, entities.providerKeysByRawName, providers, catalog.providers],
      ] as const) {
        const ids = [...byKey.values()].map(({ id }) => id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).toEqual(expect.arrayContaining([...known.keys()]));
        for (const raw of raws) expect(byKey.has(keysByName.get(raw) ?? 0)).toBe(true);
      }
    }),
    { numRuns: 30 },
  );
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
