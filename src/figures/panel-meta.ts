import { type DocumentNode, Kind, type SelectionSetNode, parse, visit } from 'graphql';
import { valueAt } from './read-points.ts';

/** What was withheld for privacy, as reports tell it. */
export interface WithheldPart {
  readonly minimumUsers: number;
  readonly cells: number;
  /** Null where it is not told. */
  readonly tokenShare: number | null;
}

/** What the reports below a panel say of themselves. */
export interface PanelMeta {
  readonly withheld: WithheldPart | null;
  readonly warnings: string[];
  readonly complete: boolean;
}

const told = selectionsOf('{ withheld { minimumUsers cells tokenShare } warnings }');

/** The fields of a document of ours, to be asked beside those of another. */
export function selectionsOf(text: string): SelectionSetNode {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('Not an operation.');
  return operation.selectionSet;
}

/** The document, asking every report beside what it asks for also for what it withheld and warns of. */
export function askingMeta(document: DocumentNode): DocumentNode {
  return visit(document, {
    Field: (node) =>
      node.name.value === 'meta' && node.selectionSet !== undefined
        ? {
            ...node,
            selectionSet: {
              ...node.selectionSet,
              selections: [...node.selectionSet.selections, ...told.selections],
            },
          }
        : undefined,
  });
}

/** Of several reports the one that withheld most; warnings of all. */
export function metaOf(result: unknown): PanelMeta {
  const reports = Object.values((result ?? {}) as object).flatMap((report: unknown) => {
    const meta = valueAt(report, 'meta');
    return meta === undefined || meta === null ? [] : [meta as Partial<PanelMeta>];
  });
  const withheld = reports.flatMap((meta) => meta.withheld ?? []);
  return {
    withheld:
      withheld.sort((a, b) => (b.tokenShare ?? 0) - (a.tokenShare ?? 0) || b.cells - a.cells)[0] ?? null,
    warnings: [...new Set(reports.flatMap((meta) => meta.warnings ?? []))],
    complete: reports.every((meta) => meta.complete !== false),
  };
}
