import path from 'node:path';
import { constants } from 'node:zlib';
import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';

const page = (name: string): string => path.join(import.meta.dirname, name);

/** The best quality takes ten times as long, at every install, to save a twentieth. */
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } };

/** Three pages: the explorer, the playground with its editor, and the chart alone for frames. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [
    preact({ include: [/src\/explorer\/(app|embed|shared)\//] }),
    compression({
      algorithms: [defineAlgorithm('gzip'), defineAlgorithm('brotliCompress', quick)],
      include: /\.(js|css)$/,
    }),
  ],
  build: {
    outDir: path.resolve(import.meta.dirname, '../../dist/explorer'),
    emptyOutDir: true,
    target: 'es2022',
    // Which script loads which others, for the test of their sizes; it is not served.
    manifest: true,
    // The editor of the playground is large, and loaded there alone.
    chunkSizeWarningLimit: 6000,
    rolldownOptions: { input: [page('index.html'), page('playground.html'), page('embed.html')] },
  },
});
