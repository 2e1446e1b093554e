// A thread of its own begins without the loader that strips the types, as the program itself does.
import path from 'node:path';
import { register } from 'tsx/esm/api';

register({ tsconfig: path.resolve(import.meta.dirname, '../../../tsconfig.json') });
await import('./answer-drawings.ts');
