import type { IncomingHttpHeaders } from 'node:http';
import { AtlasError } from '../errors.ts';
import { containsKey } from './key-format.ts';

/** Names under which clients put keys into addresses. */
const keyParameters = new Set(['api_key', 'apikey', 'api-key', 'x-api-key', 'access_token', 'token', 'key']);

/**
 * The key that a request presents, undefined where it presents none. Addresses end up in logs, histories and
 * referrers, so a key in one is refused even where a header carries another.
 */
export function presentedKey(headers: IncomingHttpHeaders, url: string): string | undefined {
  refuseKeyInUrl(url);
  const bearer = bearerToken(headers.authorization);
  const given = headers['x-api-key'];
  const apiKey = Array.isArray(given) ? given[0] : given;
  if (bearer !== undefined && apiKey !== undefined && bearer !== apiKey) {
    throw new AtlasError(
      'KEY_INVALID',
      'Authorization and X-API-Key carry different keys: send one key, in one of them.',
    );
  }
  return bearer ?? apiKey;
}

function bearerToken(authorization: string | undefined): string | undefined {
  if (authorization === undefined) return undefined;
  const match = /^Bearer +(\S+) *$/i.exec(authorization);
  if (match !== null) return match[1];
  throw new AtlasError(
    'KEY_INVALID',
    'Authorization must read `Bearer <key>`: no other scheme is known here.',
  );
}

function refuseKeyInUrl(url: string): void {
  // The address of nearly every request.
  if (url === '/graphql') return;
  const start = url.indexOf('?');
  const names = start < 0 ? [] : [...new URLSearchParams(url.slice(start)).keys()];
  if (!names.some((name) => keyParameters.has(name.toLowerCase())) && !containsKey(decoded(url))) return;
  throw new AtlasError(
    'KEY_INVALID',
    'A key in an address ends up in logs: rotate it, and send the new one as Authorization: Bearer <key> or X-API-Key.',
  );
}

function decoded(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}
