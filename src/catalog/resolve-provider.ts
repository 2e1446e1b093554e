import { catalog } from './catalog.ts';
import { normaliseName } from './names.ts';
import type { Provider } from './types.ts';

export interface ResolvedProvider {
  readonly providerId: string;
  /** The catalogue has it. */
  readonly known: boolean;
}

const unlabelledPrefix = 'unlabelled/';

const idsByName = new Map<string, string>();
for (const { id, name, aliases } of catalog.providers.values()) {
  for (const known of [id, name.toLowerCase(), ...aliases]) idsByName.set(known, id);
}

/** The provider of a name as any log writes it. Total: an unknown one keeps its name under `unlabelled/`. */
export function resolveProvider(rawName: string): ResolvedProvider {
  const name = normaliseName(rawName);
  const providerId = idsByName.get(name);
  if (providerId !== undefined) return { providerId, known: true };
  return { providerId: name.startsWith(unlabelledPrefix) ? name : unlabelledPrefix + name, known: false };
}

/** The provider of an id that `resolveProvider` gave, also of one that the catalogue does not hold. */
export function providerOf(providerId: string): Provider {
  const known = catalog.providers.get(providerId);
  if (known !== undefined) return known;
  const name = providerId.startsWith(unlabelledPrefix)
    ? providerId.slice(unlabelledPrefix.length)
    : providerId;
  return Object.freeze({ id: providerId, name, aliases: Object.freeze([]), country: null });
}

/** Prefixes under which OpenRouter and the catalogue list models: they name the author, whoever serves the model. */
const authorPrefixes = new Set(
  [...catalog.models.keys()]
    .map((modelId) => modelId.slice(0, modelId.indexOf('/')))
    .filter((prefix) => catalog.authorIndex.find(prefix) !== null),
);

/**
 * The host or gateway that a prefix of a model's name tells. An author's own prefix tells none, since it says who made
 * the model, not who served it (`deepseek/deepseek-chat`), unless an author follows it (`perplexity/openai/gpt-5`).
 */
export function providerOfPrefix(prefix: string, isFollowedByPrefix: boolean): string | null {
  if (authorPrefixes.has(prefix) && !isFollowedByPrefix) return null;
  return idsByName.get(prefix) ?? null;
}
