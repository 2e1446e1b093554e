export interface ReleaseFacts {
  readonly id: string;
  readonly publishedAt: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly rowsRead: number;
  readonly rowsQuarantined: number;
  readonly totalTokens: number;
  readonly citation: { readonly text: string; readonly bibtex: string };
  /** Address of the whole release as a file; null where it is too large for one. */
  readonly dataPackage: string | null;
}

export interface DatasetFacts {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly licence: string;
  readonly licenceUrl: string | null;
  readonly homepage: string | null;
  readonly synthetic: boolean;
  readonly visibility: 'PUBLIC' | 'PARTNER';
  /** A day; null where none was said. */
  readonly nextUpdate: string | null;
  readonly feedUrl: string;
  /** Newest first. */
  readonly releases: readonly ReleaseFacts[];
  readonly dimensions: readonly { readonly name: string; readonly covered: boolean }[];
  readonly measures: readonly {
    readonly name: string;
    readonly field: string;
    readonly kind: string;
    readonly covered: boolean;
    readonly lackedScope: string | null;
  }[];
}

export interface ReleasesAnswer {
  readonly datasets: readonly DatasetFacts[];
}

export const releasesQuery = `query Releases {
  datasets {
    id
    title
    description
    licence
    licenceUrl
    homepage
    synthetic
    visibility
    nextUpdate
    feedUrl
    releases {
      id
      publishedAt
      periodFrom
      periodTo
      rowsRead
      rowsQuarantined
      totalTokens
      citation { text bibtex }
      dataPackage
    }
    dimensions { name covered }
    measures { name field kind covered lackedScope }
  }
}`;
