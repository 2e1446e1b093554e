import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/database/open-database.ts';
import { checkReadiness } from '../../src/http/readiness.ts';
import { describeOnEachDatabase } from '../support/databases.ts';

describeOnEachDatabase('a migrated database', (open) => {
  it('is ready as soon as it has a release', async () => {
    const database = await open();
    expect(await checkReadiness(database.pool)).toEqual({
      database: 'ok',
      migrations: 'ok',
      release: 'failed',
    });
    await database.prisma.release.create({
      data: {
        id: 'some@2026-01-01.1',
        dataset: {
          create: {
            id: 'some',
            title: 'Some',
            description: 'Some rows',
            kind: 'GENERATIONS',
            licence: 'CC0-1.0',
            citation: 'Some',
          },
        },
        publishedAt: new Date(),
        periodFrom: new Date('2025-12-01'),
        periodTo: new Date('2026-01-01'),
        licence: 'CC0-1.0',
        citation: 'Some',
        fingerprint: '0',
        catalogVersion: '1',
        rowsRead: 1n,
        rowsQuarantined: 0n,
        totalTokens: 1n,
        coverage: {},
      },
    });
    expect(await checkReadiness(database.pool)).toEqual({ database: 'ok', migrations: 'ok', release: 'ok' });
  });
});

describe('readiness', () => {
  it('fails at the migrations of an empty database', async () => {
    const database = await openDatabase({ databaseDirectory: 'memory://', databasePoolSize: 1 });
    expect(await checkReadiness(database.pool)).toEqual({
      database: 'ok',
      migrations: 'failed',
      release: 'unknown',
    });
    await database.close();
  });

  it('fails at a database that is not there', async () => {
    const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
    expect(await checkReadiness(pool)).toEqual({
      database: 'failed',
      migrations: 'unknown',
      release: 'unknown',
    });
    await pool.end();
  });

  it('does not hang with a database that hangs', async () => {
    const pool = { query: () => new Promise(() => undefined) } as unknown as pg.Pool;
    expect((await checkReadiness(pool)).database).toBe('failed');
  });
});
