import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeKey } from '../../src/access/key-format.ts';
import type { CreatedKey } from '../../src/access/key-store.ts';
import { describeOnEachDatabase, describeOnServer, type TestDatabase } from '../support/databases.ts';
import { codeOf, type GuardedServer, runGuardedServer } from '../support/guarded-server.ts';

const whoAmI = 'query WhoAmI { viewer { key { id state } } }';
const administrator = {
  name: 'operations',
  scopes: ['keys:admin' as const],
  datasets: [],
  quotaClass: 'STANDARD' as const,
  expiresAt: null,
};
const partner = { ...administrator, name: 'Example Inc.', scopes: [] };

/** What is promised to end a key everywhere. */
const PROMISED_MS = 5_000;

describeOnEachDatabase('a key', (open) => {
  let database: TestDatabase;
  let server: GuardedServer;
  let admin: CreatedKey;
  beforeAll(async () => {
    database = await open();
    server = await runGuardedServer(database);
    admin = await server.access.keys.create(administrator, 'cli:tester');
  });
  afterAll(() => server.stop());

  it('is stored as a digest alone', async () => {
    const { rows } = await database.pool.query<{ row: string }>('SELECT api_keys::text AS row FROM api_keys');
    const stored = rows.map(({ row }) => row).join();
    expect(stored).toContain(admin.key.id);
    expect(stored).not.toContain(admin.text.slice(24));
    const digest = await database.pool.query('SELECT digest FROM api_keys');
    expect(digest.rows[0].digest).toHaveLength(32);
  });

  it('is known by either header, and by whoever has none as nobody', async () => {
    const key = { id: admin.key.id, state: 'ACTIVE' };
    expect((await server.ask(whoAmI, { key: admin.text })).body.data).toEqual({ viewer: { key } });
    const other = await server.ask(whoAmI, { headers: { 'x-api-key': admin.text } });
    expect(other.body.data).toEqual({ viewer: { key } });
    expect((await server.ask(whoAmI)).body.data).toEqual({ viewer: { key: null } });
  });

  it('of nobody is refused, with the same words whether its id exists or not', async () => {
    const stranger = makeKey('live').text;
    const refused = await server.ask(whoAmI, { key: stranger });
    expect([refused.status, codeOf(refused)]).toEqual([401, 'KEY_INVALID']);
    expect(refused.headers.get('www-authenticate')).toContain('Bearer');
    const wrongPepper = await runGuardedServer(database, { keyPepper: 'ff'.repeat(32) });
    const known = await wrongPepper.ask(whoAmI, { key: admin.text });
    await wrongPepper.stop();
    expect(known.body.errors?.[0]?.message).toBe(refused.body.errors?.[0]?.message);
  });

  it.each(['nonsense', 'atlas_live_x', `${makeKey('live').text}x`, makeKey('test').text])(
    'that reads %s is refused without asking the database',
    async (key) => {
      expect(codeOf(await server.ask(whoAmI, { key }))).toBe('KEY_INVALID');
    },
  );

  it('without keys:admin administers nothing, and nor does nobody', async () => {
    const { text } = await server.access.keys.create(partner, 'cli:tester');
    const mutation = `mutation { revokeKey(id: "${admin.key.id}") { id } }`;
    for (const query of [mutation, '{ keys { id } }', `{ key(id: "${admin.key.id}") { id } }`]) {
      const nobody = await server.ask(query);
      expect([nobody.status, codeOf(nobody)]).toEqual([401, 'KEY_MISSING']);
      const someone = await server.ask(query, { key: text });
      expect([someone.status, codeOf(someone)]).toEqual([403, 'SCOPE_MISSING']);
    }
  });

  it('shows its owner what it is, what became of it and what it was used for', async () => {
    const { text, key } = await server.access.keys.create(partner, 'cli:tester');
    await server.ask(whoAmI, { key: text });
    await server.ask('query Wrong { nothing }', { key: text });
    await server.access.recorder.flush();
    const { body } = await server.ask(
      '{ viewer { key { createdBy audit { action actor } usage { operation requests points errors } } } }',
      { key: text },
    );
    expect(body.data).toEqual({
      viewer: {
        key: {
          createdBy: 'cli:tester',
          audit: [
            { action: 'CREATED', actor: 'cli:tester' },
            { action: 'FIRST_USED', actor: 'server' },
          ],
          usage: [
            { operation: '(unnamed)', requests: 1, points: 1, errors: 1 },
            { operation: 'WhoAmI', requests: 1, points: 1, errors: 0 },
          ],
        },
      },
    });
    const kept = await database.prisma.apiKey.findUniqueOrThrow({ where: { id: key.id } });
    expect(kept.lastUsedAt).not.toBeNull();
  });

  it('writes its last use at most once a minute', async () => {
    const { text, key } = await server.access.keys.create(partner, 'cli:tester');
    const lastUse = async (): Promise<Date | null> => {
      await server.ask(whoAmI, { key: text });
      await server.access.recorder.flush();
      return (await server.access.keys.get(key.id)).lastUsedAt;
    };
    const first = await lastUse();
    expect(await lastUse()).toEqual(first);
    const before = new Date(Date.now() - 61_000);
    await database.prisma.apiKey.update({ where: { id: key.id }, data: { lastUsedAt: before } });
    expect(await lastUse()).not.toEqual(before);
  });

  it('has an audit that nobody can change', async () => {
    for (const statement of [
      "UPDATE key_audit SET actor = 'x'",
      'DELETE FROM key_audit',
      'TRUNCATE key_audit CASCADE',
    ]) {
      await expect(database.pool.query(statement)).rejects.toThrow(/append-only/);
    }
  });

  it('is refused for what does not exist, has no name, or would be over already', async () => {
    const create = (fields: string) =>
      server.ask(`mutation { createKey(input: { ${fields} }) { secret } }`, { key: admin.text });
    expect(codeOf(await create('name: "x", datasets: ["nowhere"]'))).toBe('DATASET_UNKNOWN');
    expect(codeOf(await create('name: " "'))).toBe('BAD_ARGUMENT');
    expect(codeOf(await create('name: "x", quotaClass: ANONYMOUS'))).toBe('BAD_ARGUMENT');
    expect(codeOf(await create('name: "x", expiresAt: "2020-01-01T00:00:00Z"'))).toBe('BAD_ARGUMENT');
    const rotate = await server.ask('mutation { rotateKey(id: "AAAAAAAAAAA") { secret } }', {
      key: admin.text,
    });
    expect([rotate.status, codeOf(rotate)]).toEqual([404, 'KEY_UNKNOWN']);
  });
});

describeOnServer('the life of a key on a running pair of servers', (open) => {
  let database: TestDatabase;
  let one: GuardedServer;
  let other: GuardedServer;
  let admin: CreatedKey;
  beforeAll(async () => {
    database = await open();
    [one, other] = [await runGuardedServer(database), await runGuardedServer(database)];
    admin = await one.access.keys.create(administrator, 'cli:tester');
  });
  afterAll(async () => {
    await one.stop();
    await other.stop();
  });

  /** Milliseconds until both servers answer with the code. */
  async function untilBoth(key: string, code: string | undefined): Promise<number> {
    const startedAt = performance.now();
    for (;;) {
      const answers = await Promise.all([one, other].map((server) => server.ask(whoAmI, { key })));
      if (answers.every((answer) => codeOf(answer) === code)) return performance.now() - startedAt;
      if (performance.now() - startedAt > 2 * PROMISED_MS) throw new Error(`${codeOf(answers[0]!)} stays`);
      await sleep(50);
    }
  }

  const make = async (mutation: string): Promise<{ id: string; secret: string }> => {
    const { body } = await one.ask(`mutation { made: ${mutation} { key { id } secret } }`, {
      key: admin.text,
    });
    const { made } = body.data as unknown as { made: { key: { id: string }; secret: string } };
    return { id: made.key.id, secret: made.secret };
  };

  it('goes from creation over rotation to its end, each step in the stated time, and is told by the audit', async () => {
    const first = await make('createKey(input: { name: "Example Inc." })');
    await untilBoth(first.secret, undefined);

    const overlapSeconds = 6;
    const second = await make(`rotateKey(id: "${first.id}", overlapSeconds: ${overlapSeconds})`);
    const rotatedAt = Date.now();
    expect(await untilBoth(second.secret, undefined)).toBeLessThan(PROMISED_MS);
    // Within the overlap both are accepted.
    expect(codeOf(await other.ask(whoAmI, { key: first.secret }))).toBeUndefined();
    const again = `mutation { rotateKey(id: "${first.id}") { secret } }`;
    expect(codeOf(await one.ask(again, { key: admin.text }))).toBe('KEY_STATE');
    await sleep(Math.max(0, rotatedAt + overlapSeconds * 1_000 - Date.now()));
    expect(await untilBoth(first.secret, 'KEY_REVOKED')).toBeLessThan(PROMISED_MS);

    await one.ask(`mutation { revokeKey(id: "${second.id}", reason: "lost") { id } }`, { key: admin.text });
    expect(await untilBoth(second.secret, 'KEY_REVOKED')).toBeLessThan(PROMISED_MS);

    const expiresAt = new Date(Date.now() + 4_000);
    const third = await make(`createKey(input: { name: "Trial", expiresAt: "${expiresAt.toISOString()}" })`);
    expect(codeOf(await other.ask(whoAmI, { key: third.secret }))).toBeUndefined();
    await sleep(expiresAt.getTime() - Date.now());
    // Every server knows the time: there is nothing to wait for.
    for (const server of [one, other]) {
      const refused = await server.ask(whoAmI, { key: third.secret });
      expect([refused.status, codeOf(refused)]).toEqual([401, 'KEY_EXPIRED']);
    }

    await one.access.recorder.flush();
    await other.access.recorder.flush();
    const by = `key:${admin.key.id}`;
    const story = async (id: string) =>
      (await one.access.keys.audit(id)).map(({ action, actor, detail }) => [action, actor, detail]);
    const made = (name: string) => expect.objectContaining({ name });
    expect(await story(first.id)).toEqual([
      ['CREATED', by, made('Example Inc.')],
      ['FIRST_USED', 'server', {}],
      ['ROTATED', by, expect.objectContaining({ replacedBy: second.id })],
    ]);
    expect(await story(second.id)).toEqual([
      ['CREATED', by, expect.objectContaining({ name: 'Example Inc.', replaces: first.id })],
      ['FIRST_USED', 'server', {}],
      ['REVOKED', by, { reason: 'lost' }],
    ]);
    expect(await story(third.id)).toEqual([
      ['CREATED', by, made('Trial')],
      ['FIRST_USED', 'server', {}],
      ['EXPIRED', 'server', {}],
    ]);
  });

  it('counts a key and the one that replaces it as one against the quota', async () => {
    const first = await make('createKey(input: { name: "Example Inc." })');
    const second = await make(`rotateKey(id: "${first.id}")`);
    const remaining = async (key: string): Promise<number> =>
      (await one.ask(whoAmI, { key })).body.extensions!.cost.remaining;
    const before = await remaining(first.secret);
    expect(await remaining(second.secret)).toBe(before - 1);
  });

  it('lets only one of two rotations at once succeed', async () => {
    const { id } = await make('createKey(input: { name: "Example Inc." })');
    const rotate = `mutation { rotateKey(id: "${id}") { secret } }`;
    const answers = await Promise.all([one, other].map((server) => server.ask(rotate, { key: admin.text })));
    expect(answers.map(codeOf).sort()).toEqual(['KEY_STATE', undefined]);
  });
});
