import { AtlasError } from '../errors.ts';
import { permalinkLimits } from './permalink-limits.ts';

/** What a permanent address says of a query, beside the hash of its document. */
export interface PermalinkParameters {
  /** Ids of releases, one for each data set; the first is of the data set that answers where none is named. */
  readonly releases: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
}

/** `/q/<hash>?release=<id>&release=<id>&variables=<JSON>`, without what is empty. */
export function permalinkPath(hash: string, { releases, variables }: PermalinkParameters): string {
  const path = `/q/${hash}${queryString({ releases, variables })}`;
  const limit = permalinkLimits.addressCharacters;
  if (path.length <= limit) return path;
  throw new AtlasError(
    'LIMIT_EXCEEDED',
    `The permanent address would have ${path.length} characters; at most ${limit} are allowed. Write long variables into the document.`,
    { details: { limit } },
  );
}

/** Reads what `permalinkPath` wrote, or what a person wrote alike. Other parameters are passed over. */
export function readPermalink(query: URLSearchParams): PermalinkParameters {
  const releases = query.getAll('release');
  const limit = permalinkLimits.releases;
  if (releases.length > limit) {
    throw new AtlasError(
      'LIMIT_EXCEEDED',
      `The address names ${releases.length} releases; at most ${limit} are allowed.`,
      {
        details: { limit },
      },
    );
  }
  const variables = query.getAll('variables');
  if (variables.length > 1)
    throw new AtlasError('BAD_ARGUMENT', 'The address has `variables` more than once.');
  return { releases, variables: parseVariables(variables[0] ?? '') };
}

/** `?…` for the page of the explorer and for the API alike; empty where there is nothing to say. */
export function queryString({ releases, variables }: PermalinkParameters): string {
  const query = new URLSearchParams(releases.map((id): [string, string] => ['release', id]));
  if (Object.keys(variables).length > 0) query.set('variables', JSON.stringify(variables));
  // Both are allowed as they are in a query, where people read and copy them.
  const text = query.toString().replaceAll('%40', '@').replaceAll('%3A', ':').replaceAll('%2C', ',');
  return text === '' ? '' : `?${text}`;
}

function parseVariables(text: string): Record<string, unknown> {
  if (text === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Answered like any other text that is no object.
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new AtlasError('BAD_ARGUMENT', 'The `variables` of the address are no JSON object.');
}
