import { dataScopes, type DataScope } from '../catalog/data-scopes.ts';

/** What a key can be allowed beside asking for PUBLIC data sets. */
export const scopes = {
  ...dataScopes,
  'keys:admin': 'Create, list, rotate and revoke keys, whatever they allow, and read the audit of any.',
} as const;

export type Scope = DataScope | 'keys:admin';

export const scopeNames = Object.keys(scopes) as Scope[];

export function isScope(text: string): text is Scope {
  return Object.hasOwn(scopes, text);
}

export const quotaClasses = {
  STANDARD: 'What a partner gets unless said otherwise.',
  LARGE: 'For partners with much traffic.',
} as const;

export type QuotaClass = keyof typeof quotaClasses;
export const quotaClassNames = Object.keys(quotaClasses) as QuotaClass[];
