import { useState } from 'preact/hooks';
import type { FigureAddress } from '../../shared/address.ts';
import { useAnswer } from '../../shared/use-answer.ts';
import { inWords } from '../gallery/sections.ts';
import { fieldOf, optionsOf, optionsQuery } from './filter-options.ts';
import { ValueInput } from './value-input.tsx';

type Where = FigureAddress['where'];

export interface FiltersProps {
  /** Dimensions that may be filtered on. */
  readonly fields: readonly string[];
  readonly where: Where;
  readonly dataset: string;
  readonly release: string;
  readonly onChange: (where: Where) => void;
}

/** Conditions that all hold, each a dimension with one or more values. */
export function Filters({ fields, where, dataset, release, onChange }: FiltersProps) {
  const [added, setAdded] = useState<string | null>(null);
  if (fields.length === 0) return null;
  const used = fields.filter((name) => where[fieldOf(name)] !== undefined || name === added);
  const free = fields.filter((name) => !used.includes(name));
  const set = (name: string, values: readonly string[]): void => {
    const { [fieldOf(name)]: _before, ...others } = where;
    if (added === name) setAdded(null);
    onChange(values.length === 0 ? others : { ...others, [fieldOf(name)]: values });
  };
  return (
    <div class="filters">
      {used.map((name) => (
        <FilterField
          key={name}
          name={name}
          values={where[fieldOf(name)] ?? []}
          dataset={dataset}
          release={release}
          onChange={(values) => set(name, values)}
        />
      ))}
      {free.length > 0 && (
        <label>
          <span class="field-name">Filter</span>
          <select value="" onChange={(event) => setAdded(event.currentTarget.value || null)}>
            <option value="">Add a filter…</option>
            {free.map((name) => (
              <option key={name} value={name}>
                {inWords([name])}
              </option>
            ))}
          </select>
        </label>
      )}
    </div>
  );
}

interface FilterFieldProps {
  readonly name: string;
  readonly values: readonly string[];
  readonly dataset: string;
  readonly release: string;
  readonly onChange: (values: readonly string[]) => void;
}

/** Typing searches; each chosen value can be taken away again. */
function FilterField({ name, values, dataset, release, onChange }: FilterFieldProps) {
  const { query, variables } = optionsQuery(name, dataset, release);
  const { answer } = useAnswer<unknown>(query, variables);
  const options = optionsOf(name, answer?.data);
  const field = fieldOf(name);
  const one = field === 'reasoning';
  const nameOf = (value: string): string => options.find((option) => option.value === value)?.name ?? value;
  return (
    <fieldset class="filter" aria-label={`Filter by ${inWords([name])}`}>
      <span class="field-name">{inWords([name])} is</span>
      {values.map((value) => (
        <button
          type="button"
          class="chip"
          key={value}
          aria-label={`Remove ${nameOf(value)}`}
          onClick={() => onChange(values.filter((each) => each !== value))}
        >
          {nameOf(value)} <span aria-hidden="true">×</span>
        </button>
      ))}
      {(!one || values.length === 0) && (
        <ValueInput
          label={`Add a value of ${inWords([name])}`}
          listId={`options-${field}`}
          options={options.filter(({ value }) => !values.includes(value))}
          free={name === 'LANGUAGE'}
          onPick={(value) => onChange([...values, value])}
        />
      )}
      {values.length === 0 && (
        <button type="button" class="quiet" onClick={() => onChange([])}>
          Leave out
        </button>
      )}
    </fieldset>
  );
}
