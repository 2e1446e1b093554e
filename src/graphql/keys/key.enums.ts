import { registerEnumType } from 'type-graphql';
import { quotaClasses, type QuotaClass, scopes, type Scope } from '../../access/scopes.ts';
import type { KeyState } from '../../access/viewer.ts';

/** `spend:read` is SPEND_READ here: names of enum values have no colons. */
const enumName = (scope: string): string => scope.replaceAll(/[:-]/g, '_').toUpperCase();

export const ScopeEnum: Record<string, Scope> = Object.fromEntries(
  (Object.keys(scopes) as Scope[]).map((scope) => [enumName(scope), scope]),
);
registerEnumType(ScopeEnum, {
  name: 'Scope',
  description: 'What a key can be allowed beside asking for PUBLIC data sets.',
  valuesConfig: Object.fromEntries(
    Object.entries(scopes).map(([scope, description]) => [
      enumName(scope),
      { description: `${scope}: ${description}` },
    ]),
  ),
});

export const QuotaClassEnum: Record<'ANONYMOUS' | QuotaClass, string> = {
  ANONYMOUS: 'ANONYMOUS',
  STANDARD: 'STANDARD',
  LARGE: 'LARGE',
};
registerEnumType(QuotaClassEnum, {
  name: 'QuotaClass',
  description: 'How many points there are in a window; the operator sets the numbers.',
  valuesConfig: {
    ANONYMOUS: { description: 'Without a key: counted by IPv4 address, or by /64 network of IPv6.' },
    STANDARD: { description: quotaClasses.STANDARD },
    LARGE: { description: quotaClasses.LARGE },
  },
});

export const KeyStateEnum: Record<KeyState, KeyState> = {
  ACTIVE: 'ACTIVE',
  REPLACED: 'REPLACED',
  EXPIRED: 'EXPIRED',
  REVOKED: 'REVOKED',
};
registerEnumType(KeyStateEnum, {
  name: 'KeyState',
  description: 'Whether a key is accepted.',
  valuesConfig: {
    ACTIVE: { description: 'It is.' },
    REPLACED: { description: 'It is, until the overlap with the key that replaces it is over.' },
    EXPIRED: { description: 'No longer: its time is over.' },
    REVOKED: { description: 'No longer: it was revoked, or its overlap is over.' },
  },
});
