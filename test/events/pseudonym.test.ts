import { createHmac } from 'node:crypto';
import { stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  digestPseudonym,
  loadPseudonymKey,
  pseudonymise,
  pseudonymiser,
} from '../../src/events/pseudonym.ts';
import { temporaryDirectory } from './support.ts';

const key = Buffer.alloc(32, 1);
const otherKey = Buffer.alloc(32, 2);

describe('pseudonymise', () => {
  it('is the HMAC-SHA-256 of the identifier, cut to 32 hex digits', () => {
    const expected = createHmac('sha256', key).update('ada@example.org').digest('hex');
    expect(pseudonymise(key, 'ada@example.org')).toBe(expected.slice(0, 32));
  });

  it('gives one user one pseudonym, and tells users and keys apart', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (user, other) => {
        const pseudonym = pseudonymise(key, user);
        expect(pseudonym).toMatch(/^[0-9a-f]{32}$/);
        expect(pseudonymise(key, user)).toBe(pseudonym);
        expect(pseudonymise(otherKey, user)).not.toBe(pseudonym);
        expect(digestPseudonym(user)).not.toBe(pseudonym);
        expect(pseudonymise(key, other) === pseudonym).toBe(other === user);
      }),
    );
  });
});

describe('pseudonymiser', () => {
  it('gives what it would give without remembering, before and after its memory is full', () => {
    const toPseudonym = pseudonymiser(key, false);
    for (let number = 0; number < 50_010; number += 1) toPseudonym(`user ${number}`);
    for (const user of ['user 0', 'user 49999', 'user 50005']) {
      expect(toPseudonym(user)).toBe(pseudonymise(key, user));
    }
  });

  it('digests pseudonyms without the key', () => {
    expect(pseudonymiser(key, true)('u01')).toBe(pseudonymiser(otherKey, true)('u01'));
    expect(pseudonymiser(key, true)('u01')).toBe(digestPseudonym('u01'));
  });
});

describe('loadPseudonymKey', () => {
  it('makes a key that only its owner can read, and gives the same one again', async () => {
    const directory = path.join(await temporaryDirectory(), 'new');
    const made = await loadPseudonymKey(directory);
    expect(made).toHaveLength(32);
    expect((await stat(path.join(directory, 'pseudonym.key'))).mode & 0o777).toBe(0o600);
    expect(await loadPseudonymKey(directory)).toEqual(made);
  });

  it('makes another key for another directory', async () => {
    const [one, two] = [await temporaryDirectory(), await temporaryDirectory()];
    expect(await loadPseudonymKey(one)).not.toEqual(await loadPseudonymKey(two));
  });

  it('refuses a damaged key rather than replacing it', async () => {
    const directory = await temporaryDirectory();
    await writeFile(path.join(directory, 'pseudonym.key'), 'short');
    await expect(loadPseudonymKey(directory)).rejects.toMatchObject({
      code: 'CONFIG_INVALID',
      message: expect.stringContaining('5 bytes'),
    });
  });
});
