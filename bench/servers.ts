import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import pg from 'pg';

/** One statement on the PostgreSQL that a benchmark makes its database in. */
export async function onServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}

export interface AtlasProcess {
  readonly url: string;
  readonly process: ChildProcess;
}

/** `atlas serve` in a process of its own, on a free port, once it answers. */
export async function startAtlas(settings: Readonly<Record<string, string>>): Promise<AtlasProcess> {
  const program = path.resolve(import.meta.dirname, '../bin/atlas.js');
  const child = spawn(process.execPath, [program, 'serve', '--port', '0'], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  for await (const text of child.stderr) {
    printed += String(text);
    const url = /Serving (\S+)\/graphql/.exec(printed)?.[1];
    if (url !== undefined) return { url, process: child };
  }
  throw new Error(`The server ended: ${printed}`);
}
