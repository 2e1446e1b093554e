import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aliases } from '../../src/catalog/aliases.ts';
import { familyOf } from '../../src/catalog/families.ts';
import { catalog, catalogVersion, countries, resolveModel } from '../../src/catalog/index.ts';
import { overrides } from '../../src/catalog/overrides.ts';
import { publishedParameters } from '../../src/catalog/parameter-counts.ts';

const models = [...catalog.models.values()];
const day = z.iso.date();

describe('snapshots', () => {
  const price = {
    input: z.number().min(0).optional(),
    output: z.number().min(0).optional(),
    cachedInput: z.number().min(0).optional(),
  };
  const head = {
    source: z.string(),
    url: z.url(),
    commit: z.string().length(40),
    date: day,
    licence: z.string(),
    changes: z.string(),
  };
  const id = z.string().regex(/^~?[^/\s]+\/[^/\s]+$/);
  it.each([
    [
      'openrouter.json',
      z.strictObject({
        id,
        name: z.string(),
        canonicalSlug: z.string().optional(),
        huggingFaceId: z.string().optional(),
        listed: day,
        contextTokens: z.int().positive().optional(),
        reasoning: z.boolean().optional(),
        tools: z.boolean().optional(),
        lastSeen: day.optional(),
        prices: z.array(z.tuple([day, z.number().min(0), z.number().min(0)])).optional(),
        ...price,
      }),
    ],
    [
      'models-dev.json',
      z.strictObject({
        id,
        name: z.string(),
        from: z.enum(['author', 'openrouter']),
        openWeights: z.boolean(),
        huggingFaceId: z.string().optional(),
        reasoning: z.boolean(),
        tools: z.boolean(),
        contextTokens: z.int().positive().optional(),
        releaseDate: day.optional(),
        ...price,
      }),
    ],
    [
      'genai-prices.json',
      z.strictObject({ id, name: z.string().optional(), contextTokens: z.int().optional(), ...price }),
    ],
  ])('%s has the form that the room reads', (file, row) => {
    const text = readFileSync(new URL(`../../src/catalog/snapshots/${file}`, import.meta.url), 'utf8');
    const parsed = z.strictObject({ ...head, models: z.array(row).min(100) }).safeParse(JSON.parse(text));
    expect(parsed.error?.issues ?? []).toEqual([]);
  });
});

describe('models', () => {
  it('are frozen', () => {
    expect(models.every((model) => Object.isFrozen(model) && Object.isFrozen(model.priceHistory))).toBe(true);
  });

  it('have lower-case ids without dates, variants and hosts', () => {
    for (const { id } of models) {
      expect(id).toMatch(/^(other|[a-z0-9][a-z0-9-]*\/[a-z0-9][a-z0-9._-]*)$/);
      expect(id).not.toMatch(/-20\d{6}$|-20\d\d-\d\d-\d\d$/);
    }
  });

  it('name authors that are there, and have their origin', () => {
    for (const model of models) {
      if (model.authorId === null) continue;
      expect(catalog.authors.get(model.authorId)?.origin, model.id).toBe(model.origin);
    }
  });

  it('are labelled if author and source are known', () => {
    for (const model of models) {
      expect(model.labelled).toBe(model.authorId !== null && model.source !== null);
    }
  });

  it('have a size class if they are open and their parameters are known', () => {
    for (const { id, source, sizeClass, parametersBillions, activeParametersBillions } of models) {
      expect(sizeClass !== null, id).toBe(source === 'OPEN' && parametersBillions !== null);
      if (parametersBillions !== null && activeParametersBillions !== null) {
        expect(activeParametersBillions, id).toBeLessThan(parametersBillions);
      }
    }
  });

  it('have prices by day, the last of them the list price', () => {
    for (const { id, priceHistory, listPrice } of models) {
      expect(
        priceHistory.map((price) => price.from),
        id,
      ).toEqual(priceHistory.map((price) => price.from).toSorted());
      const last = priceHistory.at(-1);
      if (last === undefined) continue;
      expect(listPrice, id).toMatchObject({
        inputPerMillionUsd: last.inputPerMillionUsd,
        outputPerMillionUsd: last.outputPerMillionUsd,
      });
    }
  });

  it.each([
    [
      'deepseek/deepseek-v3.2',
      { source: 'OPEN', origin: 'CHINA', parametersBillions: 671, sizeClass: 'LARGE', reasoning: true },
    ],
    ['openai/gpt-oss-20b', { source: 'OPEN', origin: 'REST_OF_WORLD', sizeClass: 'MEDIUM', reasoning: true }],
    ['mistralai/mistral-nemo', { source: 'OPEN', sizeClass: 'SMALL', reasoning: false }],
    ['meta-llama/llama-3.3-70b-instruct', { source: 'OPEN', sizeClass: 'LARGE', releaseDate: '2024-12-06' }],
    ['anthropic/claude-sonnet-4.5', { source: 'PROPRIETARY', sizeClass: null, reasoning: true, tools: true }],
    ['google/gemma-3-27b-it', { source: 'OPEN', authorId: 'google', sizeClass: 'MEDIUM' }],
    ['google/gemini-1.5-flash-8b', { source: 'PROPRIETARY', parametersBillions: 8, sizeClass: null }],
    ['qwen/qwen3.7-max', { source: 'PROPRIETARY', origin: 'CHINA' }],
    ['meta/muse-glimmer-30b', { source: 'OPEN', authorId: 'meta-llama' }],
    ['bytedance/ui-tars-1.5-7b', { authorId: 'bytedance-seed', origin: 'CHINA' }],
    ['openrouter/owl-alpha', { authorId: 'meituan', source: 'OPEN', origin: 'CHINA' }],
    ['openrouter/auto', { authorId: null, source: null, labelled: false, listPrice: null }],
    ['x-ai/grok-code-fast-1', { reasoning: true, source: 'PROPRIETARY' }],
    ['upstage/solar-pro4', { authorId: 'upstage', source: null, labelled: false }],
  ])('%s is labelled as it is known', (id, labels) => {
    expect(catalog.models.get(id)).toMatchObject(labels);
  });
});

describe('curated facts', () => {
  it('speak of models of the catalogue by their ids', () => {
    const ids = [
      ...overrides.flatMap((override) => override.models),
      ...publishedParameters.flatMap((row) => row.models),
      ...aliases.map((alias) => alias.model),
    ];
    expect(ids.filter((id) => !catalog.models.has(id))).toEqual([]);
  });

  it('state parameters of a model once', () => {
    const ids = publishedParameters.flatMap((row) => row.models);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
  });

  it('settle every contradiction between published weights and a family without them', () => {
    const settled = new Set(overrides.filter((one) => one.source !== undefined).flatMap((one) => one.models));
    const contradictory = models.filter(
      ({ id, huggingFaceId }) => huggingFaceId !== null && familyOf(id)?.source === 'PROPRIETARY',
    );
    expect(contradictory.map(({ id }) => id).filter((id) => !settled.has(id))).toEqual([]);
  });

  it.each(aliases.flatMap(({ model, names }) => names.map((name) => [name, model])))(
    'the alias %s is %s',
    (name, model) => {
      expect(resolveModel(name ?? '').modelId).toBe(model);
    },
  );
});

it('authors and providers have countries that exist', () => {
  for (const { country } of [...catalog.authors.values(), ...catalog.providers.values()]) {
    if (country !== null) expect(countries.has(country)).toBe(true);
  }
});

it('no prefix belongs to two authors', () => {
  const prefixes = [...catalog.authors.values()].flatMap(({ id, aliases: names }) => [id, ...names]);
  expect(prefixes.filter((prefix, at) => prefixes.indexOf(prefix) !== at)).toEqual([]);
});

it('the version is twelve hex digits and the same for the same catalogue', () => {
  expect(catalogVersion()).toMatch(/^[0-9a-f]{12}$/);
  expect(catalogVersion()).toBe(catalogVersion());
});
