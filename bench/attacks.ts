// CPU time that this process spends to refuse each request made to be costly, over HTTP, client included; beside
// it a healthy query of the same run. Every refusal is static: nothing of it reaches a resolver or the database.
//   npx tsx bench/attacks.ts [--runs 11]
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { buildAtlasSchema } from '../src/graphql/schema.ts';
import { bodyOf, costlyRequests } from '../test/http/costly-documents.ts';
import { runApp } from '../test/http/running-app.ts';

const { values: options } = parseArgs({ options: { runs: { type: 'string', default: '11' } } });
const runs = Number(options.runs);
const app = await runApp({ schema: buildAtlasSchema() });

async function measure(
  body: string | Buffer,
  encoding?: string,
): Promise<{ status: number; code: string; cpuMs: number; ms: number }> {
  const cpu: number[] = [];
  const wall: number[] = [];
  let status = 0;
  let code = '';
  for (let run = 0; run <= runs; run += 1) {
    // A comment makes each a document that no cache knows.
    const sent =
      typeof body === 'string' ? body.replace('"query":"', `"query":"#${run}\\n`) : new Uint8Array(body);
    const startedAt = performance.now();
    const before = process.cpuUsage();
    const answer = await fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(encoding !== undefined && { 'content-encoding': encoding }),
      },
      body: sent,
    });
    const result = (await answer.json()) as { errors?: { extensions: { code: string } }[] };
    const { user, system } = process.cpuUsage(before);
    status = answer.status;
    code = result.errors?.[0]?.extensions.code ?? '';
    // The first run is a warm-up.
    if (run > 0) cpu.push((user + system) / 1_000);
    if (run > 0) wall.push(performance.now() - startedAt);
  }
  return { status, code, cpuMs: median(cpu), ms: median(wall) };
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

interface Row {
  readonly name: string;
  readonly body: string | Buffer;
  readonly encoding?: string;
}
const document = (name: string, query: string): Row => ({ name, body: JSON.stringify({ query }) });
const times = (count: number, textOf: (n: number) => string): string =>
  Array.from({ length: count }, (_, n) => textOf(n)).join(' ');

const healthy = document('a healthy query', '{ __typename }');
const bomb = JSON.stringify({ query: `#${' '.repeat(50_000_000)}` });
const rows: readonly Row[] = [
  healthy,
  ...costlyRequests.map((request) => ({ name: request.name, body: bodyOf(request) })),
  { name: 'a gzip bomb of 50 MB', body: gzipSync(bomb), encoding: 'gzip' },
  { name: 'a deflate bomb of 50 MB', body: deflateSync(bomb), encoding: 'deflate' },
  { name: 'a brotli bomb of 50 MB', body: brotliCompressSync(bomb), encoding: 'br' },
  { name: 'an array fifty thousand deep', body: `${'['.repeat(50_000)}${']'.repeat(50_000)}` },
  // Not refused: the dearest documents known that every limit admits.
  document("admitted: GraphiQL's introspection", getIntrospectionQuery()),
  document(
    'admitted: 140 fragments beside each other, compared in pairs',
    `{ __schema { ${times(140, (n) => `...f${n}`)} } } ${times(140, (n) => `fragment f${n} on __Schema { queryType { name } }`)}`,
  ),
  document(
    'admitted: 140 fragments inside each other',
    `{ __schema { ...f0 } } ${times(140, (n) => `fragment f${n} on __Schema { queryType { name } ...f${n + 1} }`)} fragment f140 on __Schema { __typename }`,
  ),
  document(
    'admitted: introspection of fields within fields, 18 times',
    `{ ${times(18, (n) => `a${n}: __schema { types { fields { type { fields { name } } } } }`)} }`,
  ),
  healthy,
];

console.log('status  code                        CPU ms   wall ms   bytes   request');
for (const { name, body, encoding } of rows) {
  const { status, code, cpuMs, ms } = await measure(body, encoding);
  console.log(
    `${status}     ${code.padEnd(26)}${cpuMs.toFixed(1).padStart(8)}${ms.toFixed(1).padStart(10)}${String(body.length).padStart(8)}   ${name}`,
  );
}
await app.stop();
