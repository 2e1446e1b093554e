export interface ReleaseAnswer {
  readonly release: {
    readonly id: string;
    readonly publishedAt: string;
    readonly licence: string;
    readonly dataset: { readonly title: string; readonly synthetic: boolean };
    readonly citation: { readonly text: string; readonly bibtex: string };
  } | null;
}

export const releaseQuery = `query KeptRelease($release: ID!) {
  release(id: $release) { id publishedAt licence dataset { title synthetic } citation { text bibtex } }
}`;
