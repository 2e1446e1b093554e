import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publish } from '../../src/releases/publish.ts';
import { useCountingSide } from '../releases/counting-side.ts';
import { gateway, type LoggedRequest, requests } from '../releases/gateway-log.ts';
import { describeOnEachDatabase } from '../support/databases.ts';
import { runAtlas } from './atlas-app.ts';
import { ask } from './attack.ts';
import type { RunningApp } from './running-app.ts';

const side = useCountingSide();
const minimumUsers = 5;
const seconds = ['country', 'provider', 'language'] as const;

/**
 * Requests of one day by twelve people. Each has a power of two for its prompt tokens, so that every sum says
 * which requests it is of; one model is of two people, one country and one provider of one each.
 */
const logged: LoggedRequest[] = requests(40).map((request, index) => {
  const person = index % 12;
  const isOfFew = person < 2;
  return {
    ...request,
    created_at: '2024-02-29T10:00:00.000Z',
    user: `person-${person}@example.org`,
    model: isOfFew && index < 24 ? 'deepseek/deepseek-v4-flash-20260423' : 'openai/gpt-4o',
    country: person === 0 ? 'SG' : index % 2 === 0 ? 'DE' : 'US',
    provider: person === 1 ? 'Backyard' : index % 4 < 2 ? 'OpenAI' : 'DeepInfra',
    language: person < 6 ? 'zh' : 'en',
    prompt_tokens: 2 ** index,
    completion_tokens: 0,
    reasoning_tokens: 0,
    cached_tokens: 0,
  };
});

const usersOf = (members: bigint): number =>
  new Set(logged.filter((_, index) => ((members >> BigInt(index)) & 1n) === 1n).map(({ user }) => user)).size;

describeOnEachDatabase('a release with a minimum of users', (open, kind) => {
  let app: RunningApp;
  const dataset = `gateway-${kind}`;

  beforeAll(async () => {
    const database = await open();
    const declaration = gateway(dataset, minimumUsers);
    await side.load(declaration.id, 'log', logged);
    await publish({ engine: side.engine, database, declaration });
    app = await runAtlas(database, dataset);
  });
  afterAll(() => app.stop());

  const nodesOf = async (list: string): Promise<string[]> => {
    const { body } = await ask(app.url, `{ ${list} { nodes { id } } }`);
    return (body.data as unknown as Record<string, { nodes: { id: string }[] }>)[list]!.nodes.map(
      ({ id }) => id,
    );
  };

  /** Everything that can be asked of one dimension, as conditions of a filter. */
  const conditionsOf = (field: string, values: readonly string[]): string[] => [
    '',
    `${field}: { known: true }`,
    `${field}: { known: false }`,
    ...values.flatMap((value) => [`${field}: { eq: "${value}" }`, `${field}: { notIn: ["${value}"] }`]),
  ];

  async function answersTo(filters: readonly string[]): Promise<bigint[]> {
    const fields = filters.map((filter, n) => `a${n}: usage(where: { ${filter} }) { rows { promptTokens } }`);
    const { body } = await ask(app.url, `{ ${fields.join(' ')} }`);
    expect(body.errors).toBeUndefined();
    const answers = body.data as unknown as Record<string, { rows: { promptTokens: number | null }[] }>;
    return Object.values(answers).map(({ rows }) =>
      rows.reduce((sum, { promptTokens }) => sum + BigInt(promptTokens ?? 0), 0n),
    );
  }

  describe.each(seconds)('filtered by model and %s', (second) => {
    it('answers nothing, and no difference of answers, that is of fewer', async () => {
      const models = conditionsOf('model', await nodesOf('models'));
      const values = {
        country: async () => (await nodesOf('countries')).map((id) => id.replace('country:', '')),
        provider: () => nodesOf('providers'),
        language: async () => ['en', 'zh'],
      };
      const others = conditionsOf(second, await values[second]());
      const filters = models.flatMap((model) =>
        others.map((other) => [model, other].filter(Boolean).join(', ')),
      );
      const answers = new Set<bigint>();
      for (let n = 0; n < filters.length; n += 12) {
        for (const answer of await answersTo(filters.slice(n, n + 12))) answers.add(answer);
      }
      expect(answers.size).toBeGreaterThan(2);
      const ofFewer = [...answers].flatMap((larger) =>
        [0n, ...answers]
          .filter((smaller) => (smaller & ~larger) === 0n && smaller !== larger)
          .map((smaller) => usersOf(larger & ~smaller))
          .filter((users) => users < minimumUsers),
      );
      expect(ofFewer).toEqual([]);
    });
  });

  it('does not know what it withholds by its name', async () => {
    expect(await nodesOf('countries')).not.toContain('country:SG');
    const { code } = await ask(
      app.url,
      '{ usage(where: { country: { eq: "SG" } }) { rows { promptTokens } } }',
    );
    expect(code).toBe('BAD_ARGUMENT');
  });
});
