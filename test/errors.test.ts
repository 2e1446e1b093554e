import { readFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { errorsPage } from '../scripts/errors-page.ts';
import { errorCatalogue, sharedErrorCatalogue } from '../src/errors.ts';

const file = new URL('../docs/errors.md', import.meta.url).pathname;
const catalogues = Object.entries({ ...errorCatalogue, ...sharedErrorCatalogue });

describe('docs/errors.md', () => {
  it('is the page that the catalogue makes', async () => {
    const page = await format(errorsPage(), { ...(await resolveConfig(file)), filepath: file });
    expect(await readFile(file, 'utf8'), 'run `npm run docs:errors`').toBe(page);
  });
});

describe('the catalogue of errors', () => {
  it.each(catalogues)('%s has a status of HTTP and says what to do', (_code, { status, meaning }) => {
    expect(status === 200 || (status >= 400 && status < 600)).toBe(true);
    expect(meaning).toMatch(/^[A-Z].{20,}\.$/s);
  });

  it('has no code twice', () => {
    const own = Object.keys(errorCatalogue);
    expect(Object.keys(sharedErrorCatalogue).filter((code) => own.includes(code))).toEqual([]);
  });
});
