import { parentPort } from 'node:worker_threads';
import { type Drawing, drawSvg } from './draw-svg.ts';

/** What the worker answers: a picture, or why there is none. */
export type Drawn = { readonly svg: string } | { readonly failure: string };

parentPort?.on('message', async (drawing: Drawing) => {
  let drawn: Drawn;
  try {
    drawn = { svg: await drawSvg(drawing) };
  } catch (error) {
    drawn = { failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  parentPort?.postMessage(drawn);
});
