import request from 'supertest';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runApp, type RunningApp } from './running-app.ts';

let running: RunningApp;
beforeAll(async () => {
  running = await runApp();
});
afterAll(() => running.stop());

it('answers the address in a citation with the release, which may be kept', async () => {
  const answer = await request(running.url).get('/releases/known@2026-01-01.1').expect(200);
  expect(answer.body).toEqual({ id: 'known@2026-01-01.1' });
  expect(answer.headers['cache-control']).toBe('public, max-age=3600');
});

it('answers 404 in JSON where there is no such release', async () => {
  const answer = await request(running.url).get('/releases/nothing').expect(404);
  expect(answer.body.errors[0].extensions.code).toBe('RELEASE_UNKNOWN');
  expect(answer.headers['cache-control']).toBe('no-store');
});
