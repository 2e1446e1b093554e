import { ask } from '../shared/client.ts';

export interface Example {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly section: string;
  readonly coverage: { readonly covered: boolean; readonly missing: readonly string[] };
  readonly document: { readonly text: string };
  readonly panels: readonly {
    readonly key: string;
    readonly title: string;
    readonly variables: Readonly<Record<string, unknown>>;
  }[];
}

export interface Examples {
  readonly datasets: readonly { readonly id: string; readonly title: string; readonly synthetic: boolean }[];
  readonly dataset: { readonly id: string };
  readonly figures: readonly Example[];
}

const document = `query Examples($dataset: ID) {
  datasets { id title synthetic }
  dataset(id: $dataset) { id }
  figures(dataset: $dataset) {
    id number title section
    coverage { covered missing }
    document { text }
    panels { key title variables }
  }
}`;

/** The figures of the study as examples. Fails with a sentence for people. */
export async function readExamples(dataset: string | undefined): Promise<Examples> {
  const { data } = await ask<Examples>(document, { dataset: dataset ?? null });
  return data;
}

/** What the editors show for one panel of a figure. */
export interface EditorText {
  readonly query: string;
  readonly variables: string;
}

export function editorText(example: Example, panelKey: string | undefined, dataset: string): EditorText {
  const panel = example.panels.find(({ key }) => key === panelKey) ?? example.panels[0];
  return {
    query: example.document.text,
    variables: JSON.stringify({ dataset, ...panel?.variables }, null, 2),
  };
}
