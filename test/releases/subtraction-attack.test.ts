import { expect, it } from 'vitest';
import { publish } from '../../src/releases/publish.ts';
import type { GenerationRow } from '../../src/events/event-row.ts';
import { digest, generation } from '../engine/event-rows.ts';
import { load } from '../rollups/counted-world.ts';
import { usersOf } from '../rollups/fold-by-hand.ts';
import { askerOf } from '../support/ask.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { useCountingSide } from './counting-side.ts';
import { gateway } from './gateway-log.ts';

const side = useCountingSide();
const minimumUsers = 3;

// Each generation has a power of two for its prompt tokens and nothing else, so that a sum tells what it is of.
const size = 52;
const bit = (index: number) => 1n << BigInt(index);

/** Small numbers that look random and are the same in every run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

const days = ['2024-02-29', '2024-03-01'];
const models = ['openai/gpt-4o', 'openai/o1', 'deepseek/deepseek-r1', 'nobody/knows'];
const providers = ['OpenAI', 'DeepInfra', 'Together', null];
const countries = ['DE', 'FR', 'US', 'SG', null];
const languages = ['en', 'zh', null];

/** Few users over few days, most with a taste of their own, so that many cells are of one or two. */
function world(seed: number): GenerationRow[] {
  const number = numbersFrom(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[number(values.length)] as Value;
  return Array.from({ length: size }, (_, index) => {
    const user = number(9);
    const isOfTaste = number(3) > 0;
    const one = <Value>(values: readonly Value[]): Value =>
      isOfTaste ? (values[user % values.length] as Value) : pick(values);
    return generation(index, `world ${seed} ${index}`, {
      createdAt: `${pick(days)} 12:00:00.000`,
      user: number(12) === 0 ? null : digest(`user ${user}`),
      model: one(models),
      provider: one(providers),
      country: one(countries),
      language: one(languages),
      promptTokens: 2 ** index,
      completionTokens: 0,
      reasoningTokens: null,
      cachedTokens: null,
    });
  });
}

/** A value of a dimension, or what is unknown: all but it is what an attacker subtracts. */
interface Filter {
  readonly where: string;
}

function filtersOf(dimension: string, values: readonly string[]): Filter[] {
  return [...values.map((value) => `eq: ${value}`), 'known: false'].map((condition) => ({
    where: `${dimension}: { ${condition} }`,
  }));
}

/** What occurs in a release, as its own answers tell. */
type Occurring = Record<string, { rows: Record<string, { id: string } | string | null>[] }>;

/** Every filter on what a release names, and every pair that one rollup can answer. */
function questionsAbout(occurring: Occurring): string[] {
  const ids = (dimension: string) =>
    (occurring[dimension]?.rows ?? []).flatMap(({ [dimension]: value }) => {
      if (value === null || value === undefined) return [];
      return [JSON.stringify(typeof value === 'string' ? value : value.id)];
    });
  const ofModels = [
    ...filtersOf('model', ids('model')),
    ...filtersOf('author', ids('author')),
    ...filtersOf('source', ['OPEN', 'PROPRIETARY']),
    ...['eq: true', 'eq: false', 'known: false'].map((each) => ({ where: `reasoning: { ${each} }` })),
  ];
  const beside = [
    filtersOf('provider', ids('provider')),
    filtersOf('country', ids('country')),
    filtersOf('continent', ids('continent')),
    filtersOf('language', ids('language')),
  ];
  return [
    ...new Set([
      '',
      ...[...ofModels, ...beside.flat()].map(({ where }) => `, where: { ${where} }`),
      ...beside.flatMap((own) => pairs([...ofModels, ...own])),
    ]),
  ];
}

function pairs(filters: readonly Filter[]): string[] {
  return filters.flatMap((a, place) =>
    filters.slice(place + 1).map((b) => `, where: { and: [{ ${a.where} }, { ${b.where} }] }`),
  );
}

const ranges = ['from: "2024-02-29", to: "2024-03-02"', 'from: "2024-03-01", to: "2024-03-02"'];

describeOnEachDatabase('who subtracts one answer from another', (open, kind) => {
  it('gets nothing of fewer users than the minimum, over every pair of filters', async () => {
    const database = await open();
    for (const seed of [1, 2]) {
      const declaration = gateway(`attack-${seed}-${kind}`, minimumUsers);
      const rows = world(seed);
      await load(side.engine, declaration.id, 'generation', rows);
      const { withheld } = await publish({ engine: side.engine, database, declaration });
      expect(withheld?.rollups['usage_day_model_country']?.cells).toBeGreaterThan(5);

      const { ask } = askerOf(database, declaration.id);
      const answers = new Set<bigint>();
      const dimensions = ['model', 'author', 'provider', 'country', 'continent', 'language'];
      const listed = dimensions.map((name) => {
        const value = name === 'language' ? name : `${name} { id }`;
        return `${name}: usage(groupBy: [${name.toUpperCase()}]) { rows { ${value} } }`;
      });
      const { data: occurring } = await ask(`{ ${listed.join('\n')} }`);
      const questions = questionsAbout(occurring);
      for (const range of ranges) {
        // Sums of many questions at once, as an attacker would ask them.
        for (let first = 0; first < questions.length; first += 40) {
          const fields = questions
            .slice(first, first + 40)
            .map((where, place) => `q${place}: usage(${range}${where}) { rows { promptTokens } }`);
          const { data, errors } = await ask(`{ ${fields.join('\n')} }`);
          expect(errors).toEqual([]);
          for (const report of Object.values(data) as ({ rows: { promptTokens: number }[] } | null)[]) {
            for (const row of report?.rows ?? []) answers.add(BigInt(row.promptTokens));
          }
        }
      }
      const { data } = await ask(
        `{ dataset(id: "${declaration.id}") { latestRelease { totalTokens rowsRead } }
           models(first: 50) { nodes { totalTokens } } authors(first: 50) { nodes { totalTokens } }
           providers(first: 50) { nodes { totalTokens } } }`,
      );
      for (const total of totalsIn(data)) answers.add(BigInt(total));

      const users = new Map<bigint, number>();
      const usersIn = (members: bigint) => {
        const count =
          users.get(members) ?? usersOf(rows.filter((_, index) => (members & bit(index)) !== 0n)).size;
        users.set(members, count);
        return count;
      };
      expect(answers.size).toBeGreaterThan(20);
      const known = [0n, ...answers];
      const refuted: string[] = [];
      for (const larger of known) {
        for (const smaller of known) {
          const rest = larger & ~smaller;
          if (rest === 0n || (smaller & ~larger) !== 0n) continue;
          if (usersIn(rest) < minimumUsers) refuted.push(`seed ${seed}: ${rest} of ${usersIn(rest)} users`);
        }
      }
      expect(refuted).toEqual([]);
    }
  });
});

function totalsIn(value: unknown): number[] {
  if (Array.isArray(value)) return value.flatMap(totalsIn);
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([name, each]) =>
    name === 'totalTokens' && typeof each === 'number' ? [each] : totalsIn(each),
  );
}
