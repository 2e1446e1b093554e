import type { DatasetChoice } from './datasets.ts';

export interface DatasetPickerProps {
  readonly datasets: readonly DatasetChoice[];
  readonly dataset: string;
  readonly release: string;
  /** `release` is null for the latest. */
  readonly onChange: (picked: { dataset: string; release: string | null }) => void;
}

/** Picks a data set, and one of its releases. */
export function DatasetPicker({ datasets, dataset, release, onChange }: DatasetPickerProps) {
  const releases = datasets.find(({ id }) => id === dataset)?.releases ?? [];
  const latest = releases[0]?.id;
  return (
    <>
      <label>
        <span class="field-name">Data set</span>
        <select
          value={dataset}
          onChange={(event) => onChange({ dataset: event.currentTarget.value, release: null })}
        >
          {datasets.map(({ id, title, synthetic, visibility }) => (
            <option key={id} value={id}>
              {title}
              {synthetic && !/synthetic/i.test(title) ? ' (synthetic)' : ''}
              {visibility === 'PARTNER' ? ' (partner)' : ''}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span class="field-name">Release</span>
        <select
          value={release}
          onChange={({ currentTarget: { value } }) =>
            onChange({ dataset, release: value === latest ? null : value })
          }
        >
          {releases.map(({ id }) => (
            <option key={id} value={id}>
              {id.slice(id.indexOf('@') + 1)}
              {id === latest ? ' (latest)' : ''}
            </option>
          ))}
        </select>
      </label>
    </>
  );
}
