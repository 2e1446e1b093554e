import type { FigureAddress } from '../../shared/address.ts';
import { Chart } from '../../shared/chart.tsx';
import { expandRows } from '../../shared/columns.ts';
import { Downloads } from '../../shared/downloads.tsx';
import { Notice, WithheldNotice } from '../../shared/notice.tsx';
import { RowsTable } from '../../shared/rows-table.tsx';
import type { FigureFacts, Panel } from './figure-query.ts';

export interface PanelPartProps {
  readonly figure: FigureFacts;
  readonly panel: Panel;
  readonly address: FigureAddress;
  readonly onChange: (part: Partial<FigureAddress>) => void;
}

/** A chart with its rows and what a reader should know about them. */
export function PanelPart({ figure, panel, address, onChange }: PanelPartProps) {
  const { key, title, chart, rows, refused, withheld, warnings, downloads } = panel;
  const tableId = `rows-${key}`;
  const isOnly = figure.allPanels.length === 1;
  const hasRows = rows !== null && Object.values(rows).some((list) => list.length > 0);
  return (
    <section class="panel" aria-label={title}>
      <h2>{isOnly ? 'Chart' : title}</h2>
      {refused !== null && (
        <Notice>
          <p>
            <strong>This data set can not answer that.</strong> {refused}
          </p>
        </Notice>
      )}
      {rows !== null && !hasRows && (
        <Notice>
          <p>No usage passes these filters and days.</p>
        </Notice>
      )}
      {rows !== null && hasRows && (
        <>
          <Chart
            spec={chart}
            rows={rows}
            label={`${title}. ${figure.question} The table below has the same rows.`}
            fileName={`${figure.id}${isOnly ? '' : `-${key}`}`}
            tableId={tableId}
            hidden={address.hidden}
            onHiddenChange={(hidden) => onChange({ hidden })}
            onBrush={(from, to) => onChange({ from, to })}
          />
          <Downloads title={isOnly ? figure.title : title} downloads={downloads} />
          {withheld !== null && <WithheldNotice {...withheld} />}
          {warnings.length > 0 && (
            <Notice>
              <ul class="plain">
                {warnings.map((warning) => (
                  <li key={warning}>{warning}</li>
                ))}
              </ul>
            </Notice>
          )}
          {Object.entries(rows).map(([name, list], index) => (
            <details key={name} open={isOnly && index === 0}>
              <summary>
                Rows{index > 0 ? ` (${name})` : ''}: {list.length.toLocaleString('en')}
              </summary>
              <RowsTable
                rows={expandRows(list)}
                caption={`Rows of ${title}`}
                {...(index === 0 && { id: tableId })}
              />
            </details>
          ))}
        </>
      )}
    </section>
  );
}
