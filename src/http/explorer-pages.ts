import { existsSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import path from 'node:path';
import { Router } from 'express';
import sirv from 'sirv';
import { AtlasError } from '../errors.ts';
import { figureDefinitions } from '../figures/catalogue.ts';

/** Where `npm run build:explorer` writes the pages, which an install does. */
export const builtPages = path.resolve(import.meta.dirname, '../../dist/explorer');

const yearSeconds = 31_536_000;

/**
 * Scripts and data come from this server alone. Charts evaluate their expressions by an interpreter, so nothing needs
 * `unsafe-eval`; charts and the editor write styles into the page.
 */
function contentSecurityPolicy(frameAncestors: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');
}

/** Each page with the addresses that it answers at; the page reads the rest of its address itself. */
const pages = [
  {
    file: 'index.html',
    paths: ['/', '/figures', '/figures/:id', '/build', '/query', '/releases'],
    frames: "'none'",
  },
  { file: 'playground.html', paths: ['/playground'], frames: "'none'" },
  // Without a dot: `/embed/fig-01.vl.json` is the chart as JSON.
  { file: 'embed.html', paths: [/^\/embed\/(?<id>[^/.]+)$/], frames: '*' },
] as const;

/** The explorer, the playground and the embedded charts, with their scripts. */
export function explorerRoutes(directory = builtPages): Router {
  const router = Router();
  for (const { file, paths, frames } of pages) {
    router.get([...paths], ({ params }, response, next) => {
      if (!existsSync(path.join(directory, file))) return next(notBuilt());
      response.removeHeader('X-Frame-Options');
      response.set({ 'Content-Security-Policy': contentSecurityPolicy(frames), 'Cache-Control': 'no-cache' });
      // The page itself says so, and leads to those that there are.
      if (isUnknownFigure(params.id)) response.status(404);
      response.sendFile(file, { root: directory, cacheControl: false });
    });
  }
  if (existsSync(directory)) router.use(sirv(directory, { brotli: true, gzip: true, setHeaders }));
  return router;
}

function isUnknownFigure(id: unknown): boolean {
  return id !== undefined && figureDefinitions.every((figure) => figure.id !== id);
}

/** Names of scripts hold a digest of what is in them. */
function setHeaders(response: ServerResponse, pathname: string): void {
  if (!pathname.startsWith('/assets/')) return;
  response.setHeader('Cache-Control', `public, max-age=${yearSeconds}, immutable`);
}

function notBuilt(): AtlasError {
  return new AtlasError(
    'PAGES_NOT_BUILT',
    'The pages are not built: run `npm run build:explorer` where the server is installed.',
  );
}
