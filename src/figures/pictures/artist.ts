import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Drawing } from './draw-svg.ts';
import type { Drawn } from './answer-drawings.ts';

/** Draws in a thread of its own, one picture at a time, so that queries are answered meanwhile. */
export class Artist {
  #worker: Worker | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** Begins to load the drawing library, which takes a second. */
  prepare(): void {
    this.#worker ??= startWorker();
  }

  draw(drawing: Drawing): Promise<string> {
    const drawn = this.#last.then(() => this.#drawNow(drawing));
    // The next one is drawn whatever becomes of this one.
    this.#last = drawn.catch(() => undefined);
    return drawn;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
    this.#worker = undefined;
  }

  async #drawNow(drawing: Drawing): Promise<string> {
    const worker = (this.#worker ??= startWorker());
    const ended = new AbortController();
    try {
      worker.postMessage(drawing);
      const [drawn] = (await Promise.race([
        once(worker, 'message', { signal: ended.signal }),
        once(worker, 'exit', { signal: ended.signal }).then(() => {
          throw new Error('The thread that draws has ended.');
        }),
      ])) as [Drawn];
      if ('failure' in drawn) throw new Error(`A picture could not be drawn: ${drawn.failure}`);
      return drawn.svg;
    } catch (error) {
      // A thread that failed in any way is not trusted with the next picture.
      await this.close();
      throw error;
    } finally {
      ended.abort();
    }
  }
}

/** It does not keep the process alive. */
function startWorker(): Worker {
  const worker = new Worker(new URL('./draw-worker.js', import.meta.url), {
    // Pictures of a whole release together take less.
    resourceLimits: { maxOldGenerationSizeMb: 256 },
    env: {},
  });
  worker.unref();
  return worker;
}
