import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { describe, expect, it } from 'vitest';
import { PrismaClient } from '../../src/database/generated/client.ts';
import { describeProblem } from '../../src/http/problem.ts';
import { describeOnEachDatabase } from '../support/databases.ts';

const cancelled = `DO $$ BEGIN RAISE EXCEPTION 'secret' USING ERRCODE = '57014'; END $$`;
const broken = 'SELECT secret FROM nowhere';

describeOnEachDatabase('what a driver reports', (open) => {
  it('of a statement that was cancelled is a timeout, through node-postgres and through Prisma', async () => {
    const { pool, prisma } = await open();
    const errors = [
      await pool.query(cancelled).catch((error: unknown) => error),
      await prisma.$executeRawUnsafe(cancelled).catch((error: unknown) => error),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error);
      expect(describeProblem(error)).toMatchObject({ code: 'STATEMENT_TIMEOUT' });
      expect(describeProblem(error).message).not.toContain('secret');
    }
  });

  it('of anything else is masked', async () => {
    const { pool, prisma } = await open();
    const errors = [
      await pool.query(broken).catch((error: unknown) => error),
      await prisma.$queryRawUnsafe(broken).catch((error: unknown) => error),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error);
      expect(describeProblem(error)).toMatchObject({ code: 'INTERNAL', isOurs: true });
      expect(describeProblem(error).message).not.toMatch(/secret|nowhere|SELECT/);
    }
  });
});

describe('a database that does not answer', () => {
  it('is named as such, without its address', async () => {
    const pool = new pg.Pool({ host: '127.0.0.1', port: 1 });
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
    const errors = [
      await pool.query('SELECT 1').catch((error: unknown) => error),
      await prisma.release.findMany().catch((error: unknown) => error),
    ];
    for (const error of errors) {
      expect(error).toBeInstanceOf(Error);
      const { code, message, isOurs } = describeProblem(error);
      expect({ code, isOurs }).toEqual({ code: 'DATABASE_UNAVAILABLE', isOurs: true });
      expect(message).not.toContain('127.0.0.1');
    }
    await prisma.$disconnect();
    await pool.end();
  });
});

it.each([[undefined], [null], ['text'], [{ code: 'constructor' }], [Object.create(null)]])(
  'a thrown %j, which is no error, is masked too',
  (thrown) => {
    expect(describeProblem(thrown).code).toBe('INTERNAL');
  },
);

it('a chain of causes that closes in a circle is walked only so far', () => {
  const error = new Error('one');
  error.cause = error;
  expect(describeProblem(error).code).toBe('INTERNAL');
});
