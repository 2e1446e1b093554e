import type { Readiness } from '../../src/http/readiness.ts';

export const allOk: Readiness = { database: 'ok', migrations: 'ok', release: 'ok' };
