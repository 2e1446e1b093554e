import pg from 'pg';

/** Counts what is sent to the database, embedded or server, by Prisma or not; transactions' brackets aside. */
export async function countStatements<T>(
  work: () => Promise<T>,
): Promise<{ result: T; statements: string[] }> {
  const statements: string[] = [];
  const { query } = pg.Client.prototype as { query: (...args: unknown[]) => unknown };
  const counting = function (this: pg.Client, ...args: unknown[]): unknown {
    const [first] = args;
    const text = typeof first === 'string' ? first : (first as { text?: string } | undefined)?.text;
    if (text !== undefined && !/^(BEGIN|COMMIT|ROLLBACK)/i.test(text)) statements.push(text);
    return query.apply(this, args);
  };
  pg.Client.prototype.query = counting as typeof pg.Client.prototype.query;
  try {
    return { result: await work(), statements };
  } finally {
    pg.Client.prototype.query = query as typeof pg.Client.prototype.query;
  }
}
