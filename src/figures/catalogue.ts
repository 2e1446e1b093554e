import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Figure, FigureDefinition, FigureDocument, PublishedValue } from './figure.ts';
import { readPublishedValues } from './published-values.ts';
import { agenticInference } from './sections/agentic-inference.ts';
import { appendix, categories } from './sections/categories.ts';
import { cost } from './sections/cost.ts';
import { geography } from './sections/geography.ts';
import { openAndClosed } from './sections/open-and-closed.ts';
import { retention } from './sections/retention.ts';

/** Every figure and table, in the order of the study. */
export const figureDefinitions: readonly FigureDefinition[] = [
  ...openAndClosed,
  ...agenticInference,
  ...categories,
  ...geography,
  ...retention,
  ...cost,
  ...appendix,
];

const documentDirectory = path.resolve(import.meta.dirname, '../../schema/figures');
const shippedValues = path.join(documentDirectory, 'published');

/** Reads documents and published values once, when the server starts; both ship with the program. */
export function readFigures(publishedDirectory = shippedValues): readonly Figure[] {
  return figureDefinitions.map((definition) => ({
    ...definition,
    documents: [definition.document, ...(definition.related ?? [])].map(readDocument),
    published: publishedOf(definition, publishedDirectory),
  }));
}

function readDocument(name: string): FigureDocument {
  return { name, text: readFileSync(path.join(documentDirectory, `${name}.graphql`), 'utf8') };
}

/** A value without a reading is of the first one, and without a panel of the first. */
function publishedOf({ id, panels, readings }: FigureDefinition, directory: string): PublishedValue[] {
  const keys = panels.map(({ key }) => key);
  const [first = ''] = Object.keys(readings);
  return readPublishedValues(directory, id, keys[0] ?? '').map((value) => {
    const reading = value.reading || first;
    const { kind = 'NUMBER' } = readings[reading] ?? {};
    if (readings[reading] === undefined || !keys.includes(value.panel))
      throw new Error(`${id}: nothing reads '${reading}' of panel '${value.panel}'`);
    if ((kind === 'NUMBER') !== (value.least !== null))
      throw new Error(`${id}: '${value.text}' is not what '${reading}' reads`);
    return { ...value, reading };
  });
}
