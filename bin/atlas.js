#!/usr/bin/env node
// The program is TypeScript and runs without a build step; tsx strips the types while loading.
import { register } from 'tsx/esm/api';

register();
await import('../src/main.ts');
