import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AtlasError } from '../errors.ts';
import {
  type DatasetDeclaration,
  type DatasetDeclarationInput,
  parseDeclaration,
} from './dataset-declaration.ts';

const shippedDirectory = path.resolve(import.meta.dirname, '../../datasets');

/** All data sets by id: those that ship, and the operator's own (`<id>.json` in `datasetDirectory`). */
export async function listDeclarations(datasetDirectory: string): Promise<DatasetDeclaration[]> {
  const shippedIds = await listShippedIds();
  const ownIds = await listOwnIds(datasetDirectory);
  for (const id of ownIds) refuseShippedId(id, shippedIds, ownFile(datasetDirectory, id));
  const declarations = await Promise.all([
    ...shippedIds.map(readShipped),
    ...ownIds.map((id) => readOwn(datasetDirectory, id)),
  ]);
  return declarations.sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The declaration of one data set; a malformed one of another does not stand in its way. */
export async function findDeclaration(datasetDirectory: string, id: string): Promise<DatasetDeclaration> {
  const shippedIds = await listShippedIds();
  if (shippedIds.includes(id)) return readShipped(id);
  const ownIds = await listOwnIds(datasetDirectory);
  if (ownIds.includes(id)) return readOwn(datasetDirectory, id);
  const known = [...shippedIds, ...ownIds].sort();
  throw new AtlasError(
    'DATASET_UNKNOWN',
    `No data set is called "${id}". Known: ${known.join(', ')}. ` +
      `To declare it, write ${path.join(datasetDirectory, '<id>.json')} with id, title, description, kind ` +
      '(GENERATIONS or USAGE_FEED), licence and citation.',
    { details: { id, known } },
  );
}

/** What an operator declared of a data set, if anything. */
export async function findOwnDeclaration(
  datasetDirectory: string,
  id: string,
): Promise<DatasetDeclaration | undefined> {
  const isDeclared = (await listOwnIds(datasetDirectory)).includes(id);
  return isDeclared ? readOwn(datasetDirectory, id) : undefined;
}

/**
 * Writes an operator's declaration as a whole or not at all. The kind of a data set never changes, since
 * the rows already loaded are of that kind.
 */
export async function saveDeclaration(
  datasetDirectory: string,
  declaration: DatasetDeclarationInput,
): Promise<DatasetDeclaration> {
  const file = ownFile(datasetDirectory, declaration.id);
  const checked = parseDeclaration(declaration, file);
  refuseShippedId(checked.id, await listShippedIds(), file);
  const former = await findOwnDeclaration(datasetDirectory, checked.id);
  if (former !== undefined && former.kind !== checked.kind) {
    throw new AtlasError(
      'DATASET_INVALID',
      `${file}: kind: the data set is declared as ${former.kind} and can not become ${checked.kind}: ` +
        'declare a new one under another id.',
    );
  }
  await mkdir(datasetDirectory, { recursive: true });
  await writeWhole(file, `${JSON.stringify(declaration, null, 2)}\n`);
  return checked;
}

/** The data sets that ship with the program, by id. */
export async function listShipped(): Promise<DatasetDeclaration[]> {
  return Promise.all((await listShippedIds()).sort().map(readShipped));
}

/** Ids of the data sets that ship with the program. */
export async function listShippedIds(): Promise<string[]> {
  const entries = await readdir(shippedDirectory, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}

async function listOwnIds(datasetDirectory: string): Promise<string[]> {
  const names = await readdir(datasetDirectory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const declared = names.filter((name) => name.endsWith('.json') && !name.startsWith('.'));
  return declared.map((name) => path.basename(name, '.json'));
}

function readShipped(id: string): Promise<DatasetDeclaration> {
  return readDeclaration(path.join(shippedDirectory, id, 'dataset.json'), id);
}

function readOwn(datasetDirectory: string, id: string): Promise<DatasetDeclaration> {
  return readDeclaration(ownFile(datasetDirectory, id), id);
}

async function readDeclaration(file: string, expectedId: string): Promise<DatasetDeclaration> {
  const declaration = parseDeclaration(parseJson(await readFile(file, 'utf8'), file), file);
  if (declaration.id !== expectedId) {
    throw new AtlasError(
      'DATASET_INVALID',
      `${file}: id: "${declaration.id}" does not match its place, which says "${expectedId}"`,
    );
  }
  return declaration;
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AtlasError('DATASET_INVALID', `${file} is not JSON: ${reason}`, { cause });
  }
}

function refuseShippedId(id: string, shippedIds: string[], file: string): void {
  if (!shippedIds.includes(id)) return;
  throw new AtlasError(
    'DATASET_INVALID',
    `${file}: id: "${id}" is a data set that ships with the program: give yours another id.`,
  );
}

function ownFile(datasetDirectory: string, id: string): string {
  return path.join(datasetDirectory, `${id}.json`);
}

/** A reader meets the former file or the new one, and a crash leaves no half of it. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${path.join(path.dirname(file), `.${path.basename(file)}`)}.${process.pid}`;
  try {
    await writeFile(draft, text, { flush: true });
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
