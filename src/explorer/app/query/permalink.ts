/** A permanent address, as the page is asked for it. */
export interface Permalink {
  readonly hash: string;
  readonly releases: readonly string[];
  /** JSON as it stands in the address; empty without any. */
  readonly variables: string;
}

/** `?permalink=<hash>&release=<id>&variables=<JSON>`; null where no query is named. */
export function readPermalink(search: string): Permalink | null {
  const parameters = new URLSearchParams(search);
  const hash = parameters.get('permalink') ?? '';
  if (hash === '') return null;
  return { hash, releases: parameters.getAll('release'), variables: parameters.get('variables') ?? '' };
}

/** Where a program gets the same answer; written as the API writes it. */
export function addressOf({ hash, releases, variables }: Permalink): string {
  const query = new URLSearchParams(releases.map((id): [string, string] => ['release', id]));
  if (variables !== '') query.set('variables', variables);
  const text = query.toString().replaceAll('%40', '@').replaceAll('%3A', ':').replaceAll('%2C', ',');
  return `/q/${encodeURIComponent(hash)}${text === '' ? '' : `?${text}`}`;
}

/** Of what somebody pasted: a permanent address, or the page's own; null where it is neither. */
export function permalinkOf(pasted: string): Permalink | null {
  let url: URL;
  try {
    url = new URL(pasted.trim(), 'http://localhost');
  } catch {
    return null;
  }
  const [, hash] = /^\/q\/([^/]+)(\/document)?$/.exec(url.pathname) ?? [];
  if (hash === undefined) return readPermalink(url.search);
  return readPermalink(
    `?${new URLSearchParams([['permalink', decodeURIComponent(hash)], ...url.searchParams]).toString()}`,
  );
}

/** The page that shows it. */
export function pageOf({ hash, releases, variables }: Permalink): string {
  const query = new URLSearchParams([['permalink', hash], ...releases.map((id) => ['release', id])]);
  if (variables !== '') query.set('variables', variables);
  return `/query?${query.toString()}`;
}
