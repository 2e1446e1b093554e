import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { numberToBase62, toBase62 } from './base62.ts';

export const keyEnvironments = ['live', 'test'] as const;
export type KeyEnvironment = (typeof keyEnvironments)[number];

/** `atlas_<environment>_<id>_<secret><checksum>`, all but the prefix in letters and digits. */
export interface KeyParts {
  readonly environment: KeyEnvironment;
  /** May be shown: lists, logs and the audit table name keys by it. */
  readonly id: string;
}

const ID_BYTES = 8;
const ID_WIDTH = 11;
const SECRET_BYTES = 32;
const SECRET_WIDTH = 43;
const CHECKSUM_WIDTH = 6;

const keyPattern = new RegExp(
  `^atlas_(live|test)_([0-9A-Za-z]{${ID_WIDTH}})_[0-9A-Za-z]{${SECRET_WIDTH + CHECKSUM_WIDTH}}$`,
);
const idPattern = new RegExp(`^[0-9A-Za-z]{${ID_WIDTH}}$`);

/** Whatever in a text may be a key or the beginning of its secret. */
const keyLikePattern = /atlas_(live|test)_[0-9A-Za-z_]+/gi;

/** A new key, of 32 random bytes. The text is shown once and never kept. */
export function makeKey(environment: KeyEnvironment): KeyParts & { readonly text: string } {
  const id = toBase62(randomBytes(ID_BYTES), ID_WIDTH);
  const body = `atlas_${environment}_${id}_${toBase62(randomBytes(SECRET_BYTES), SECRET_WIDTH)}`;
  return { environment, id, text: body + checksumOf(body) };
}

/** The parts of a key; undefined where the text is none, or was mistyped: then the checksum does not fit. */
export function parseKey(text: string): KeyParts | undefined {
  const match = keyPattern.exec(text);
  if (match === null) return undefined;
  const body = text.slice(0, -CHECKSUM_WIDTH);
  if (checksumOf(body) !== text.slice(-CHECKSUM_WIDTH)) return undefined;
  const [, environment, id] = match;
  return { environment: environment as KeyEnvironment, id: id ?? '' };
}

/** Where the id is in a text that is a key; what else a text has there is no id, or another's. */
export function idWithin(text: string): string {
  const start = 'atlas_live_'.length;
  return text.slice(start, start + ID_WIDTH);
}

export function isKeyId(text: string): boolean {
  return idPattern.test(text);
}

/** A text without the keys in it. */
export function redactKeys(text: string): string {
  return text.replace(keyLikePattern, 'atlas_$1_redacted');
}

export function containsKey(text: string): boolean {
  return text.search(keyLikePattern) >= 0;
}

/** CRC-32: tells a mistyped key, and a key from other text for secret scanners. It protects nothing. */
function checksumOf(body: string): string {
  return numberToBase62(crc32(body), CHECKSUM_WIDTH);
}
