import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

const read = (file: string): Promise<string> => readFile(new URL(`../../${file}`, import.meta.url), 'utf8');

it('CITATION.cff is what the schema of the Citation File Format allows', async () => {
  const schema = JSON.parse(await read('test/fixtures/citation/cff-1.2.0.schema.json')) as object;
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  const validate = ajv.compile(schema);
  const file = parse(await read('CITATION.cff')) as Record<string, unknown>;
  expect(validate(file) ? [] : validate.errors).toEqual([]);
  expect(validate({ ...file, authors: [] })).toBe(false);
});

it('CITATION.cff names the version and the licence of the package', async () => {
  const { version, license } = JSON.parse(await read('package.json')) as Record<string, string>;
  expect(parse(await read('CITATION.cff'))).toMatchObject({ version, license });
});
