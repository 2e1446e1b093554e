import { useMemo, useState } from 'preact/hooks';
import { columnsOf, type Column } from './columns.ts';
import { formatCell, notCovered } from './format.ts';
import { sortRows, type Order } from './sort-rows.ts';

export interface RowsTableProps {
  readonly rows: readonly unknown[];
  readonly caption: string;
  readonly id?: string;
  /** What stands for a number that is missing. */
  readonly missing?: string;
}

/** Rows at a time: tables of thousands make pages slow. */
const pageSize = 20;

/** Rows of an answer as a table whose headers sort. */
export function RowsTable({ rows, caption, id, missing = notCovered }: RowsTableProps) {
  const columns = useMemo(() => columnsOf(rows), [rows]);
  const [order, setOrder] = useState<Order | null>(null);
  const [shown, setShown] = useState(pageSize);
  const sorted = useMemo(() => (order === null ? rows : sortRows(rows, order)), [rows, order]);
  if (rows.length === 0) return <p id={id}>No rows.</p>;
  return (
    <div class="table-frame" tabIndex={0} role="region" aria-label={caption}>
      <table id={id}>
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <Header key={column.path} column={column} order={order} onOrder={setOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, shown).map((row, index) => (
            <tr key={index}>
              {columns.map(({ path, numeric }) => (
                <Cell key={path} text={formatCell(row, path, numeric)} numeric={numeric} missing={missing} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length > shown && (
        <p class="table-more">
          {shown} of {sorted.length.toLocaleString('en')} rows.{' '}
          <button type="button" onClick={() => setShown(shown + 25 * pageSize)}>
            Show more
          </button>
        </p>
      )}
    </div>
  );
}

interface HeaderProps {
  readonly column: Column;
  readonly order: Order | null;
  readonly onOrder: (order: Order | null) => void;
}

/** Pressed once it sorts down, twice up, a third time not at all. */
function Header({ column: { path, title, numeric }, order, onOrder }: HeaderProps) {
  const direction = order?.path === path ? order.direction : 'none';
  const next = { none: 'descending', descending: 'ascending', ascending: null } as const;
  const press = (): void => {
    const following = next[direction];
    onOrder(following === null ? null : { path, direction: following });
  };
  return (
    <th scope="col" aria-sort={direction} class={numeric ? 'numeric' : ''}>
      <button type="button" onClick={press}>
        {title}
        <span aria-hidden="true">{{ none: '', descending: ' ↓', ascending: ' ↑' }[direction]}</span>
      </button>
    </th>
  );
}

interface CellProps {
  readonly text: string;
  readonly numeric: boolean;
  readonly missing: string;
}

function Cell({ text, numeric, missing }: CellProps) {
  const isMissing = text === notCovered;
  return (
    <td class={`${numeric ? 'numeric' : ''} ${isMissing ? 'missing' : ''}`}>{isMissing ? missing : text}</td>
  );
}
