import pRetry, { AbortError } from 'p-retry';
import { Webhook } from 'standardwebhooks';
import type { Announcement } from './announcement.ts';

export interface WebhookSettings {
  readonly addresses: readonly string[];
  /** `whsec_` and base64, as Standard Webhooks has it. */
  readonly secret: string;
}

export interface AnnounceOptions {
  /** What became of each, in a sentence; addresses without their paths, which may be secret. */
  readonly onOutcome: (sentence: string) => void;
  /** Milliseconds before the second attempt; each further wait is twice as long. */
  readonly firstWaitMs?: number;
}

/** With the waits between them, a receiver has a quarter of a minute to come back. */
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 1_000;
const ANSWER_MS = 10_000;
const GONE = 410;

/** Tells every address of every release, side by side; a receiver that fails changes nothing but its sentence. */
export async function announce(
  announcements: readonly Announcement[],
  { addresses, secret }: WebhookSettings,
  { onOutcome, firstWaitMs = FIRST_WAIT_MS }: AnnounceOptions,
): Promise<void> {
  const webhook = new Webhook(secret);
  await Promise.all(
    addresses.map(async (address) => {
      for (const announcement of announcements) {
        onOutcome(await tell(address, announcement, webhook, firstWaitMs));
      }
    }),
  );
}

async function tell(
  address: string,
  announcement: Announcement,
  webhook: Webhook,
  firstWaitMs: number,
): Promise<string> {
  const { origin } = new URL(address);
  let attempts = 0;
  try {
    await pRetry(
      () => {
        attempts += 1;
        return send(address, announcement, webhook);
      },
      { retries: ATTEMPTS - 1, minTimeout: firstWaitMs, factor: 2 },
    );
    return `Told ${origin} of ${announcement.release}${attempts === 1 ? '' : `, at attempt ${attempts}`}.`;
  } catch (error) {
    const reason = reasonOf(error);
    return `Could not tell ${origin} of ${announcement.release} in ${attempts} attempts: ${reason}. The release is published all the same.`;
  }
}

async function send(address: string, { id, payload }: Announcement, webhook: Webhook): Promise<void> {
  const now = new Date();
  const response = await fetch(address, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Token-Atlas',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1_000)),
      'webhook-signature': webhook.sign(id, now, payload),
    },
    body: payload,
    // What is signed for one address is not sent to another.
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  await response.body?.cancel();
  if (response.ok) return;
  const failure = new Error(`it answers ${response.status}`);
  const isFinal = response.status === GONE || (response.status >= 300 && response.status < 400);
  throw isFinal ? new AbortError(failure) : failure;
}

/** Of a failed connection the cause says more; neither names the path of the address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'TimeoutError') return `it does not answer within ${ANSWER_MS / 1_000} s`;
  const { cause } = error;
  if (cause instanceof Error && 'code' in cause) return String(cause.code);
  return error.message.startsWith('it answers') ? error.message : 'the connection failed';
}
