#!/usr/bin/env node
// The program is TypeScript and runs without a build step; tsx strips the types while loading.
import path from 'node:path';
import { register } from 'tsx/esm/api';

// Named, since tsx looks in the working directory, and the program may be called from any.
register({ tsconfig: path.resolve(import.meta.dirname, '../tsconfig.json') });
// Libraries then leave out checks for their developers, which slow large answers.
process.env.NODE_ENV ??= 'production';
await import('../src/main.ts');
