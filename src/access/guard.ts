import type { DataScope } from '../catalog/data-scopes.ts';
import { AtlasError } from '../errors.ts';
import type { Dataset } from '../measures/release.ts';
import { type Ingredients, scopesOf } from './needed-scopes.ts';
import { scopes, type Scope } from './scopes.ts';
import { hasScope, type Viewer } from './viewer.ts';

/** Refuses an answer made of what the data set holds back from this viewer. */
export function requireDataScopes(viewer: Viewer, dataset: Dataset, ingredients: Ingredients): void {
  for (const scope of scopesOf(ingredients)) {
    if (dataset.restricted.includes(scope)) requireScope(viewer, scope, `The data set '${dataset.id}'`);
  }
}

/** The scope of the data set that this viewer lacks for a measure; null where it may be asked for. */
export function lackedScope(
  viewer: Viewer,
  dataset: Dataset,
  scope: DataScope | undefined,
): DataScope | null {
  if (scope === undefined || !dataset.restricted.includes(scope) || hasScope(viewer, scope)) return null;
  return scope;
}

/** `what` begins the sentence of the refusal. */
export function requireScope(viewer: Viewer, scope: Scope, what: string): void {
  if (hasScope(viewer, scope)) return;
  const need = `${what} asks for the scope ${scope} here (${scopes[scope]})`;
  const details = { scope };
  if (viewer.key === null) {
    throw new AtlasError('KEY_MISSING', `${need} Send a key that has it.`, { details });
  }
  throw new AtlasError('SCOPE_MISSING', `${need} Your key ${viewer.key.id} does not have it.`, { details });
}
