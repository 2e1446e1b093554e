import type { Answer } from '../../shared/client.ts';
import { expandRows } from '../../shared/columns.ts';
import { formatValue } from '../../shared/format.ts';
import { Notice, ProblemNotice, WithheldNotice } from '../../shared/notice.tsx';
import { RowsTable } from '../../shared/rows-table.tsx';
import { CopyButton } from '../copy-button.tsx';
import { singlesOf, tablesOf, type AnswerTable } from './tables-of-answer.ts';

/** Whatever was answered: its lists as tables, single values by their names, and the whole as JSON. */
export function AnswerPart({ answer }: { readonly answer: Answer<unknown> }) {
  const tables = tablesOf(answer.data);
  const singles = singlesOf(answer.data);
  const json = JSON.stringify(answer.data, null, 2);
  return (
    <section aria-labelledby="answer-heading">
      <h2 id="answer-heading">Answer</h2>
      {answer.problems.map((problem, index) => (
        <ProblemNotice key={index} problem={problem} />
      ))}
      {singles.length > 0 && (
        <dl class="singles">
          {singles.map(([path, value]) => (
            <div key={path}>
              <dt>
                <code>{path}</code>
              </dt>
              <dd>{formatValue(value, path)}</dd>
            </div>
          ))}
        </dl>
      )}
      {tables.map((table) => (
        <TablePart key={table.path} table={table} />
      ))}
      {tables.length + singles.length === 0 && <Notice>The answer holds nothing.</Notice>}
      <details>
        <summary>The whole answer as JSON</summary>
        <p>
          <CopyButton text={json} name="JSON" />
        </p>
        <pre tabIndex={0} aria-label="Answer as JSON">
          <code>{json}</code>
        </pre>
      </details>
    </section>
  );
}

function TablePart({ table: { path, rows, meta } }: { readonly table: AnswerTable }) {
  const { cells, tokenShare, minimumUsers } = meta?.withheld ?? {};
  return (
    <>
      <h3>
        <code>{path}</code>: {rows.length.toLocaleString('en')} {rows.length === 1 ? 'row' : 'rows'}
        {meta?.synthetic === true && <strong class="tag-synthetic">synthetic</strong>}
      </h3>
      {cells !== undefined && tokenShare !== undefined && minimumUsers !== undefined && (
        <WithheldNotice cells={cells} tokenShare={tokenShare} minimumUsers={minimumUsers} />
      )}
      {meta?.warnings?.map((warning) => (
        <Notice key={warning}>{warning}</Notice>
      ))}
      <RowsTable rows={expandRows(rows)} caption={`Rows of ${path}`} />
    </>
  );
}
