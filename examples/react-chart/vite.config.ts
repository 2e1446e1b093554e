import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // Relative addresses: the pages may lie in any folder of a web server.
  base: './',
  // The drawing library is large, and loaded when there is something to draw.
  build: { chunkSizeWarningLimit: 1000 },
});
