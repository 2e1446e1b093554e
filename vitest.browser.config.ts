import { defineConfig, mergeConfig } from 'vitest/config';
import shared from './vitest.config.ts';

/** The pages in Chromium: apart from `npm test`, since not everybody has one. */
export default defineConfig(() => {
  const { include: _include, exclude: _exclude, ...test } = shared.test ?? {};
  return mergeConfig({ ...shared, test }, { test: { include: ['test/browser/**/*.test.ts'] } });
});
