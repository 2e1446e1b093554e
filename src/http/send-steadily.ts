import type { ServerResponse } from 'node:http';
import { AtlasError } from '../errors.ts';

export interface Sending {
  /** Called before the first byte. */
  readonly setHead: () => void;
  /** Ends the sending. */
  readonly signal: AbortSignal;
  /** Within which the client must take each part. */
  readonly stallMs: number;
}

/** A client that takes as little as this within the time is slow, not gone. */
const PART_BYTES = 65_536;

/** Sends chunks as fast as the client takes them, holding one at a time; resolves when all is handed over. */
export async function sendSteadily(
  chunks: AsyncIterable<string | Uint8Array>,
  response: ServerResponse,
  { setHead, signal, stallMs }: Sending,
): Promise<void> {
  for await (const chunk of chunks) {
    if (!response.headersSent) setHead();
    for (const part of partsOf(chunk)) {
      signal.throwIfAborted();
      if (!response.write(part)) await untilDrained(response, signal, stallMs);
    }
  }
  if (!response.headersSent) setHead();
  response.end();
}

function* partsOf(chunk: string | Uint8Array): Generator<Uint8Array> {
  const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
  for (let start = 0; start < bytes.length; start += PART_BYTES)
    yield bytes.subarray(start, start + PART_BYTES);
}

function untilDrained(response: ServerResponse, signal: AbortSignal, stallMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (done: () => void) => (): void => {
      clearTimeout(timer);
      response.off('drain', onDrain);
      signal.removeEventListener('abort', onAbort);
      done();
    };
    const onDrain = settle(resolve);
    const onAbort = settle(() => reject(signal.reason));
    const timer = setTimeout(
      settle(() =>
        reject(new AtlasError('DOWNLOAD_CUT_OFF', `The client took nothing for ${stallMs / 1_000} s.`)),
      ),
      stallMs,
    );
    response.on('drain', onDrain);
    signal.addEventListener('abort', onAbort);
  });
}
