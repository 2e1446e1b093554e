import { writeFile } from 'node:fs/promises';
import { format, resolveConfig } from 'prettier';
import { errorsPage } from './errors-page.ts';

const file = new URL('../docs/errors.md', import.meta.url).pathname;
await writeFile(file, await format(errorsPage(), { ...(await resolveConfig(file)), filepath: file }));
