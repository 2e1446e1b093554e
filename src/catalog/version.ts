import { createHash } from 'node:crypto';
import { catalog } from './catalog.ts';

let version: string | null = null;

/** The same for the same content: every model, author, provider and name. A release records it. */
export function catalogVersion(): string {
  version ??= createHash('sha256').update(contentOf()).digest('hex').slice(0, 12);
  return version;
}

function contentOf(): string {
  const byId = (entities: ReadonlyMap<string, unknown>) =>
    [...entities].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entity]) => entity);
  return JSON.stringify([
    byId(catalog.models),
    byId(catalog.authors),
    byId(catalog.providers),
    catalog.nameIndex.entries(),
  ]);
}
