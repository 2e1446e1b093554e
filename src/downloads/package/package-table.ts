import type { DataScope } from '../../catalog/data-scopes.ts';
import type { Ingredients } from '../../access/needed-scopes.ts';
import type { ReadRows } from '../../measures/reading-transaction.ts';
import type { Batches, Column } from '../columns.ts';

/** Columns whose values are those of the first key of another table. */
export interface ForeignKey {
  readonly field: string;
  readonly table: string;
  readonly key: string;
}

/** A file of a data package, and how its rows are read. */
export interface PackageTable {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** Never null. */
  readonly primaryKey: readonly string[];
  /** Tell one row from another; null is a value of its own, what is unknown or withheld. */
  readonly uniqueKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  /** What the viewer must be allowed to ask for. */
  readonly ingredients: readonly Ingredients[];
  /** As far as the release says. */
  readonly mostRows: number;
  /** Numbers in each row, which points are taken for. */
  readonly numbers: number;
  readonly batches: (read: ReadRows) => Batches;
}

/** What the data set holds back from this viewer. */
export interface LeftOut {
  readonly table: string;
  /** Null: all of it. */
  readonly columns: readonly string[] | null;
  readonly scope: DataScope;
  /** What is there instead; null: nothing. */
  readonly instead: string | null;
}

export interface PackageTables {
  readonly tables: readonly PackageTable[];
  readonly leftOut: readonly LeftOut[];
}

/** The scope that the viewer lacks for an answer made of these; null where it may be read. */
export type LackedScope = (ingredients: Ingredients) => DataScope | null;

export function joinTables(parts: readonly PackageTables[]): PackageTables {
  return {
    tables: parts.flatMap(({ tables }) => tables),
    leftOut: parts.flatMap(({ leftOut }) => leftOut),
  };
}
