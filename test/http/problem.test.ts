import { expect, it } from 'vitest';
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
