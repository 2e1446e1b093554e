import { type DocumentNode, Kind, type SelectionNode, visit } from 'graphql';
import { reportNames } from '../../downloads/address.ts';
import { type FormatName, formatNames } from '../../downloads/formats.ts';
import { selectionsOf } from '../../figures/panel-meta.ts';
import type { PanelDownload } from './panel-download.type.ts';

/** Names that no field of a report has. */
const aliasOf = (format: FormatName): string => `${format.toLowerCase()}Download`;

const downloads = formatNames.map((format) => `${aliasOf(format)}: download(format: ${format})`);

const asked = selectionsOf(`{ ${downloads.join(' ')} }`).selections;

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
