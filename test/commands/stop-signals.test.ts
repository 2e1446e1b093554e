import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { interruptible } from '../../src/commands/stop-signals.ts';
import { AtlasError } from '../../src/errors.ts';

/** As the operating system would deliver it to this process. */
const deliver = (signal: NodeJS.Signals) => process.emit(signal, signal);

describe('interruptible work', () => {
  it('learns of a signal, and ends with what was interrupted', async () => {
    const listeners = process.listenerCount('SIGTERM');
    const work = interruptible('half of it is done.', async (signal) => {
      await once(signal, 'abort');
      throw new Error('the work gave up');
    });
    deliver('SIGTERM');
    await expect(work).rejects.toMatchObject({
      code: 'INTERRUPTED',
      message: 'Interrupted: half of it is done.',
    });
    expect(process.listenerCount('SIGTERM')).toBe(listeners);
  });

  it('that is done all the same has its result', async () => {
    const work = interruptible('nothing.', async (signal) => {
      await once(signal, 'abort');
      return 'done';
    });
    deliver('SIGTERM');
    expect(await work).toBe('done');
  });

  it('that fails by itself keeps its own error', async () => {
    const failure = new AtlasError('FILE_UNREADABLE', 'no.csv: there is no such file.');
    await expect(interruptible('nothing.', () => Promise.reject(failure))).rejects.toBe(failure);
  });
});
