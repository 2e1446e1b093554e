import { type DocumentNode, Kind, parse, type SelectionNode, visit } from 'graphql';
import { reportNames } from '../../downloads/address.ts';
import { type FormatName, formatNames } from '../../downloads/formats.ts';
import type { PanelDownload } from './panel-download.type.ts';

/** Names that no field of a report has. */
const aliasOf = (format: FormatName): string => `${format.toLowerCase()}Download`;

const downloads = formatNames.map((format) => `${aliasOf(format)}: download(format: ${format})`);

function selectionsOf(text: string): readonly SelectionNode[] {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Not an operation.');
  return operation.selectionSet.selections;
}

const asked = selectionsOf(`{ ${downloads.join(' ')} }`);

/** The document, asking every report that can be downloaded also for its addresses. */
export function askingDownloads(document: DocumentNode): DocumentNode {
  return visit(document, {
    OperationDefinition: (operation) => ({
      ...operation,
      selectionSet: {
        ...operation.selectionSet,
        selections: operation.selectionSet.selections.map(withDownloads),
      },
    }),
  });
}

function withDownloads(node: SelectionNode): SelectionNode {
  if (node.kind !== Kind.FIELD || node.selectionSet === undefined) return node;
  if (!(reportNames as readonly string[]).includes(node.name.value)) return node;
  const selections = [...node.selectionSet.selections, ...asked];
  return { ...node, selectionSet: { ...node.selectionSet, selections } };
}

export function isDownload(name: string | number | undefined): boolean {
  return formatNames.some((format) => aliasOf(format) === name);
}

/** Addresses of the reports in a result; those under an alias are told apart by it. */
export function downloadsOf(result: unknown): PanelDownload[] {
  return Object.entries((result ?? {}) as Record<string, unknown>).flatMap(([name, report]) =>
    formatNames.flatMap((format) => {
      const url = (report as Record<string, unknown> | null)?.[aliasOf(format)];
      return typeof url === 'string' ? [{ report: name, format, url }] : [];
    }),
  );
}
