/** A data set as the pickers and headings need it. */
export interface DatasetChoice {
  readonly id: string;
  readonly title: string;
  readonly synthetic: boolean;
  readonly visibility: 'PUBLIC' | 'PARTNER';
  readonly releases: readonly ReleaseChoice[];
}

export interface ReleaseChoice {
  readonly id: string;
  readonly publishedAt: string;
  readonly periodFrom: string;
  readonly periodTo: string;
}

/** Fields of a DatasetChoice, newest release first. */
export const datasetFields = `
  id
  title
  synthetic
  visibility
  releases { id publishedAt periodFrom periodTo }
`;

/** The data set that is asked for, or that a release is of. */
export function datasetOf(datasets: readonly DatasetChoice[], release: string): DatasetChoice | undefined {
  return datasets.find(({ releases }) => releases.some(({ id }) => id === release));
}
