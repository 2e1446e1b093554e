import type { ChartRows, ChartSpec } from '../../shared/draw.ts';
import type { Download } from '../../shared/downloads.tsx';
import { datasetFields, type DatasetChoice } from '../datasets.ts';
import type { Coverage } from '../gallery/gallery-query.ts';

export interface Panel {
  readonly key: string;
  readonly title: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly chart: ChartSpec;
  readonly rows: ChartRows | null;
  readonly refused: string | null;
  readonly withheld: {
    readonly minimumUsers: number;
    readonly cells: number;
    readonly tokenShare: number | null;
  } | null;
  readonly warnings: readonly string[];
  readonly downloads: readonly Download[];
}

export interface FigureFacts {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly question: string;
  readonly section: string;
  readonly decision: string | null;
  readonly document: { readonly name: string; readonly text: string };
  readonly coverage: Coverage;
  readonly coverageByDataset: readonly Coverage[];
  readonly controls: { readonly grain: string | null; readonly filters: readonly string[] };
  readonly allPanels: readonly { readonly key: string; readonly title: string }[];
  readonly panels: readonly Panel[];
  readonly published: readonly { readonly label: string }[];
}

export interface FigureAnswer {
  readonly datasets: readonly DatasetChoice[];
  readonly figure: FigureFacts | null;
}

export const figureQuery = `query FigurePage(
  $id: ID!
  $dataset: ID
  $release: ID
  $panels: [String!]
  $from: Date
  $to: Date
  $grain: TimeGrain
  $where: UsageFilter
) {
  datasets { ${datasetFields} }
  figure(id: $id, dataset: $dataset, release: $release) {
    id
    number
    title
    question
    section
    decision
    document { name text }
    coverage { dataset release covered missing }
    coverageByDataset { dataset release covered missing }
    controls { grain filters }
    allPanels: panels { key title }
    panels(keys: $panels, from: $from, to: $to, grain: $grain, where: $where) {
      key
      title
      variables
      chart
      rows
      refused
      withheld { minimumUsers cells tokenShare }
      warnings
      downloads { report format url }
    }
    published { label }
  }
}`;
