import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

const directory = path.resolve(import.meta.dirname, '../../schema/figures');

export interface FigureDocument {
  /** File name without its ending, such as `q01-source-groups`. */
  readonly name: string;
  readonly text: string;
}

/** The study's questions, as documents that ship. */
export async function figureDocuments(): Promise<FigureDocument[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith('.graphql')).sort();
  return Promise.all(
    files.map(async (file) => ({
      name: path.basename(file, '.graphql'),
      text: await readFile(path.join(directory, file), 'utf8'),
    })),
  );
}

/** Values for variables that a document requires. */
export const figureVariables: Readonly<Record<string, Record<string, unknown>>> = {
  'q02-release-dates': { models: ['alibaba/large-thinker', 'meta/closed'] },
};
