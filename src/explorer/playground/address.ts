import { editorText, readExamples, type EditorText } from './examples.ts';

/** What the address of the page asks for. */
export interface Asked {
  readonly figure?: string | undefined;
  readonly panel?: string | undefined;
  readonly dataset?: string | undefined;
  readonly query?: string | undefined;
  readonly variables?: string | undefined;
}

export function readAddress(search = location.search): Asked {
  const parameters = new URLSearchParams(search);
  const given = (name: string): string | undefined => parameters.get(name) ?? undefined;
  return {
    figure: given('figure'),
    panel: given('panel'),
    dataset: given('dataset'),
    query: given('query'),
    variables: given('variables'),
  };
}

/** The text that the page opens with: of a link's query, of a figure, or none, for which the last one is kept. */
export async function openingText(asked: Asked): Promise<EditorText | undefined> {
  if (asked.query !== undefined) {
    return { query: asked.query, variables: indented(asked.variables ?? '') };
  }
  if (asked.figure === undefined) return undefined;
  const { figures, dataset } = await readExamples(asked.dataset);
  const example = figures.find(({ id }) => id === asked.figure);
  if (example === undefined)
    throw new Error(`There is no figure '${asked.figure}': choose one of the examples.`);
  const text = editorText(example, asked.panel, dataset.id);
  return asked.variables === undefined ? text : { ...text, variables: indented(asked.variables) };
}

/** Where the same text opens again. */
export function addressOf({ query, variables }: EditorText): string {
  const parameters = new URLSearchParams({ query });
  if (variables.trim() !== '') parameters.set('variables', compact(variables));
  return `${location.origin}/playground?${parameters.toString()}`;
}

function indented(text: string): string {
  return reformat(text, 2);
}

function compact(text: string): string {
  return reformat(text, 0);
}

/** Text that is no JSON is left as it is: the editor marks what is wrong with it. */
function reformat(text: string, spaces: number): string {
  try {
    return JSON.stringify(JSON.parse(text), null, spaces);
  } catch {
    return text;
  }
}
