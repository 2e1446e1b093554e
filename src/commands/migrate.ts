import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { printResult } from './output.ts';

/** `atlas migrate`. */
export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .summary('bring the database to the schema of this version')
    .description(
      'Applies the migrations that the database lacks. `serve`, `start` and `publish` do so themselves; run ' +
        'it before them where only one process may change the schema. Records what it did as Prisma Migrate does.',
    )
    .action(async () => {
      const { openDatabase } = await import('../database/open-database.ts');
      const { migrate } = await import('../database/migrate.ts');
      const database = await openDatabase(readConfig());
      try {
        const applied = await migrate(database.pool);
        for (const name of applied) printResult(`applied ${name}`);
        if (applied.length === 0) printResult('The schema is up to date.');
      } finally {
        await database.close();
      }
    });
}
