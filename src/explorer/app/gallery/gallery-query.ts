import { datasetFields, type DatasetChoice } from '../datasets.ts';

export interface Coverage {
  readonly dataset: string;
  readonly release: string;
  readonly covered: boolean;
  readonly missing: readonly string[];
}

export interface GalleryFigure {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly question: string;
  readonly section: string;
  readonly coverage: Coverage;
  readonly coverageByDataset: readonly Coverage[];
}

export interface GalleryAnswer {
  readonly datasets: readonly DatasetChoice[];
  readonly figures: readonly GalleryFigure[];
}

export const galleryQuery = `query Gallery($dataset: ID, $release: ID) {
  datasets { ${datasetFields} }
  figures(dataset: $dataset, release: $release) {
    id
    number
    title
    question
    section
    coverage { dataset release covered missing }
    coverageByDataset { dataset release covered missing }
  }
}`;
