import { describe, expect, it } from 'vitest';
import { presentedKey } from '../../src/access/credentials.ts';
import { makeKey } from '../../src/access/key-format.ts';

const { text } = makeKey('live');

describe('a key', () => {
  it('is taken from Authorization: Bearer and from X-API-Key', () => {
    expect(presentedKey({ authorization: `Bearer ${text}` }, '/graphql')).toBe(text);
    expect(presentedKey({ authorization: `bearer  ${text}` }, '/graphql')).toBe(text);
    expect(presentedKey({ 'x-api-key': text }, '/graphql')).toBe(text);
    expect(presentedKey({ authorization: `Bearer ${text}`, 'x-api-key': text }, '/graphql')).toBe(text);
    expect(presentedKey({}, '/graphql?query={x}')).toBeUndefined();
  });

  it('is refused where two headers disagree, and under another scheme', () => {
    const other = makeKey('live').text;
    expect(() => presentedKey({ authorization: `Bearer ${text}`, 'x-api-key': other }, '/')).toThrow(
      /different/,
    );
    expect(() => presentedKey({ authorization: 'Basic YTpi' }, '/')).toThrow(/Bearer <key>/);
  });

  it.each([
    `/graphql?api_key=${text}`,
    '/graphql?API_KEY=anything',
    '/graphql?access_token=x',
    `/graphql?query=%7Bx%7D&variables=${encodeURIComponent(JSON.stringify({ k: text }))}`,
    `/graphql/${text}`,
    `/releases/${text.replaceAll('_', '%5F')}`,
  ])('in the address %s is refused, and not repeated', (url) => {
    const refused = () => presentedKey({ authorization: `Bearer ${text}` }, url);
    expect(refused).toThrow(/address/);
    expect(refused).not.toThrow(text);
  });
});
