import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containsKey, makeKey, parseKey, redactKeys } from '../../src/access/key-format.ts';

describe('a key', () => {
  it('reads as what it is: prefix, environment, id, secret and checksum', () => {
    const { text, id } = makeKey('live');
    expect(text).toMatch(/^atlas_live_[0-9A-Za-z]{11}_[0-9A-Za-z]{49}$/);
    expect(parseKey(text)).toEqual({ environment: 'live', id });
    expect(parseKey(makeKey('test').text)?.environment).toBe('test');
  });

  it('is made of 32 random bytes: no two are alike, nor their ids', () => {
    const keys = Array.from({ length: 1_000 }, () => makeKey('live'));
    expect(new Set(keys.map(({ text }) => text.slice(24, 67))).size).toBe(1_000);
    expect(new Set(keys.map(({ id }) => id)).size).toBe(1_000);
  });

  it('is no key with any one character changed, left out or put twice', () => {
    const { text } = makeKey('live');
    fc.assert(
      fc.property(fc.nat(text.length - 1), fc.constantFrom(...'09AZaz_'), (at, character) => {
        fc.pre(text[at] !== character);
        expect(parseKey(text.slice(0, at) + character + text.slice(at + 1))).toBeUndefined();
        expect(parseKey(text.slice(0, at) + text.slice(at + 1))).toBeUndefined();
        expect(parseKey(text.slice(0, at) + text.slice(at, at + 1) + text.slice(at))).toBeUndefined();
      }),
    );
  });

  it('is found and taken out of any text', () => {
    const { text } = makeKey('test');
    fc.assert(
      fc.property(fc.string(), fc.string(), (before, after) => {
        const line = `${before} ${text} ${after}`;
        expect(containsKey(line)).toBe(true);
        expect(redactKeys(line)).not.toContain(text.slice(11));
      }),
    );
  });
});
