import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take the package's ES modules and its dependants its CommonJS: two realms that refuse each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    // These need Chromium: `npm run test:browser`.
    exclude: ['test/browser/**'],
    setupFiles: ['test/setup.ts'],
    // The embedded databases start from nothing in many files; on a small machine that takes seconds.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // What is polled for happens at once on an idle machine; a busy one takes its time.
    expect: { poll: { timeout: 30_000 } },
    // Each file that loads the embedded event engine maps a 500 MB library: two at a time is enough.
    maxWorkers: 2,
    // A forked process per file, because the embedded event engine binds one data directory per process.
    pool: 'forks',
  },
});
