import type { FigureAddress } from '../../shared/address.ts';
import { DatasetPicker } from '../dataset-picker.tsx';
import type { DatasetChoice } from '../datasets.ts';
import type { FigureFacts } from './figure-query.ts';
import { Filters } from './filters.tsx';

const grains = { DAY: 'Days', WEEK: 'Weeks', MONTH: 'Months', QUARTER: 'Quarters' } as const;

export interface ViewFormProps {
  readonly figure: FigureFacts;
  readonly address: FigureAddress;
  readonly datasets: readonly DatasetChoice[];
  readonly dataset: DatasetChoice;
  readonly onChange: (part: Partial<FigureAddress>) => void;
}

/** What the figure is asked for; every change is a new address. */
export function ViewForm({ figure, address, datasets, dataset, onChange }: ViewFormProps) {
  const release = dataset.releases.find(({ id }) => id === figure.coverage.release);
  const { controls, allPanels } = figure;
  return (
    <form class="view-form" aria-label="What to show" onSubmit={(event) => event.preventDefault()}>
      <div class="form-row">
        <DatasetPicker
          datasets={datasets}
          dataset={dataset.id}
          release={figure.coverage.release}
          onChange={(picked) => onChange({ ...picked, hidden: [] })}
        />
        {allPanels.length > 1 && (
          <label>
            <span class="field-name">Chart</span>
            <select
              value={address.panel ?? ''}
              onChange={(event) => onChange({ panel: event.currentTarget.value || null, hidden: [] })}
            >
              <option value="">All {allPanels.length}</option>
              {allPanels.map(({ key, title }) => (
                <option key={key} value={key}>
                  {title}
                </option>
              ))}
            </select>
          </label>
        )}
        {controls.grain !== null && (
          <label>
            <span class="field-name">Periods</span>
            <select
              value={address.grain ?? controls.grain}
              onChange={({ currentTarget: { value } }) =>
                onChange({ grain: value === controls.grain ? null : value })
              }
            >
              {Object.entries(grains).map(([grain, name]) => (
                <option key={grain} value={grain}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <DayField
          name="From"
          value={address.from ?? release?.periodFrom ?? ''}
          onChange={(from) => onChange({ from })}
        />
        <DayField
          name="To, not included"
          value={address.to ?? release?.periodTo ?? ''}
          onChange={(to) => onChange({ to })}
        />
        {(address.from !== null || address.to !== null) && (
          <button type="button" onClick={() => onChange({ from: null, to: null })}>
            All days
          </button>
        )}
      </div>
      <Filters
        fields={controls.filters}
        where={address.where}
        dataset={dataset.id}
        release={figure.coverage.release}
        onChange={(where) => onChange({ where, hidden: [] })}
      />
    </form>
  );
}

interface DayFieldProps {
  readonly name: string;
  readonly value: string;
  readonly onChange: (day: string | null) => void;
}

function DayField({ name, value, onChange }: DayFieldProps) {
  return (
    <label>
      <span class="field-name">{name}</span>
      <input type="date" value={value} onChange={(event) => onChange(event.currentTarget.value || null)} />
    </label>
  );
}
