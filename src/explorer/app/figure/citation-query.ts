export interface CitationAnswer {
  readonly release: {
    readonly id: string;
    readonly publishedAt: string;
    readonly licence: string;
    readonly citation: { readonly text: string; readonly bibtex: string; readonly url: string };
  } | null;
}

export const citationQuery = `query Citation($release: ID!) {
  release(id: $release) { id publishedAt licence citation { text bibtex url } }
}`;
