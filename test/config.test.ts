import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { readConfig, settingNames } from '../src/config.ts';

async function exampleSettings(): Promise<Map<string, string>> {
  const text = await readFile(new URL('../.env.example', import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => /^[A-Z_]+=/.test(line));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

it('has every setting in .env.example, and no other', async () => {
  expect([...(await exampleSettings()).keys()].sort()).toEqual([...settingNames].sort());
});

it('means by .env.example what it means by nothing', async () => {
  expect(readConfig(Object.fromEntries(await exampleSettings()))).toEqual(readConfig({}));
});

it('reports every problem at once, by name', () => {
  const read = (): unknown =>
    readConfig({ PORT: 'eighty', DATABASE_URL: 'mysql://x', ATLAS_ENGINE_MEMORY: '2GB' });
  for (const name of ['PORT', 'DATABASE_URL', 'ATLAS_ENGINE_MEMORY']) expect(read).toThrow(name);
});

it('can not be changed after it was read', () => {
  expect(Object.isFrozen(readConfig({}))).toBe(true);
});

it.each([
  [{ CORS_ORIGINS: 'charts.example' }, 'CORS_ORIGINS'],
  [{ CORS_ORIGINS: 'https://a.example/path' }, 'CORS_ORIGINS'],
  [{ CORS_ORIGINS: '*,https://a.example' }, 'CORS_ORIGINS'],
  [{ CORS_CREDENTIALS: 'true' }, 'CORS_CREDENTIALS'],
  [{ TRUSTED_DOCUMENTS_MODE: 'only' }, 'TRUSTED_DOCUMENTS'],
])('refuses %j, which would open or close more than is meant', (environment, name) => {
  expect(() => readConfig(environment)).toThrow(name);
});

it('takes origins as a list', () => {
  const { crossOrigin } = readConfig({
    CORS_ORIGINS: 'https://a.example,http://localhost:8080',
    CORS_CREDENTIALS: 'true',
  });
  expect(crossOrigin).toEqual({
    origins: ['https://a.example', 'http://localhost:8080'],
    credentials: true,
  });
});
