import express from 'express';
import request from 'supertest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerErrors } from '../../src/http/error-answers.ts';
import { explorerRoutes } from '../../src/http/explorer-pages.ts';
import { createLogger } from '../../src/http/logger.ts';
import { type RunningApp, runApp } from './running-app.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await runApp();
});
afterAll(() => running.stop());

describe('a page', () => {
  it.each(['/', '/figures/fig-01', '/playground', '/embed/fig-01'])(
    '%s is served with its scripts from this server alone',
    async (path) => {
      const page = await request(running.url)
        .get(path)
        .expect(200)
        .expect('Content-Type', /^text\/html/);
      expect(page.headers['content-security-policy']).toContain("script-src 'self';");
      const scripts = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(
        ([, address]) => address ?? '',
      );
      expect(scripts.filter((address) => address.endsWith('.js')).length).toBeGreaterThan(0);
      for (const address of scripts) {
        const asset = await request(running.url).get(address).expect(200);
        expect(asset.headers['cache-control']).toMatch(/immutable/);
        // The smallest would not become smaller.
        if ((asset.text ?? '').length > 2_000)
          expect(asset.headers['content-encoding']).toMatch(/^(gzip|br)$/);
      }
    },
  );

  it('may be framed elsewhere only where it is an embedded chart', async () => {
    const framing = async (path: string) => {
      const { headers } = await request(running.url).get(path);
      return [
        headers['content-security-policy']?.match(/frame-ancestors ([^;]+)/)?.[1],
        headers['x-frame-options'],
      ];
    };
    expect(await framing('/')).toEqual(["'none'", undefined]);
    expect(await framing('/embed/fig-01')).toEqual(['*', undefined]);
  });

  it.each(['/figures/fig-99', '/embed/fig-99'])('%s, of a figure that is not, is a 404', async (path) => {
    const page = await request(running.url).get(path).expect(404);
    expect(page.text).toContain('<script type="module"');
  });

  it('that is not built is a 503 that says what to run', async () => {
    const app = express().use(explorerRoutes('/nowhere'), answerErrors(createLogger('silent')));
    const answer = await request(app).get('/').expect(503);
    expect(answer.body).toMatchObject({ errors: [{ extensions: { code: 'PAGES_NOT_BUILT' } }] });
  });
});
