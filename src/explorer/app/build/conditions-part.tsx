import { useAnswer } from '../../shared/use-answer.ts';
import { optionsOf, optionsQuery } from '../figure/filter-options.ts';
import { ValueInput } from '../figure/value-input.tsx';
import type { PartProps } from './build-form.tsx';
import { inWords } from './chart-of-answer.ts';
import type { Condition } from './choice.ts';
import { FormPart } from './form-part.tsx';
import { helpOf, type Dimension } from './metadata.ts';

/** Conditions on dimensions, which all must hold or at least one. */
export function ConditionsPart({ choice, metadata, refusals, onChange }: PartProps) {
  const { conditions, match } = choice;
  const { dataset, datasets } = metadata;
  const release = choice.release ?? datasets.find(({ id }) => id === dataset.id)?.releases[0]?.id ?? '';
  const set = (index: number, changed: Condition | null): void =>
    onChange({ conditions: conditions.flatMap((each, at) => (at === index ? (changed ?? []) : each)) });
  const covered = dataset.dimensions.filter((dimension) => dimension.covered);
  return (
    <FormPart title="Filter" help={helpOf(metadata, 'where')} refusal={refusals.where}>
      {conditions.length > 1 && (
        <label>
          <span class="field-name">Usage counts where</span>
          <select
            value={match}
            onChange={({ currentTarget }) =>
              onChange({ match: currentTarget.value === 'any' ? 'any' : 'all' })
            }
          >
            <option value="all">all of these hold</option>
            <option value="any">at least one of these holds</option>
          </select>
        </label>
      )}
      {conditions.map((condition, index) => {
        const dimension = dataset.dimensions.find(({ field }) => field === condition.field);
        return dimension === undefined ? null : (
          <ConditionRow
            key={`${index} ${condition.field}`}
            condition={condition}
            dimension={dimension}
            place={index + 1}
            dataset={dataset.id}
            release={release}
            onChange={(changed) => set(index, changed)}
          />
        );
      })}
      <label>
        <span class="field-name">Add a condition on</span>
        <select
          value=""
          onChange={({ currentTarget }) => {
            const field = currentTarget.value;
            currentTarget.value = '';
            if (field !== '') onChange({ conditions: [...conditions, { field, not: false, values: [] }] });
          }}
        >
          <option value="">Choose …</option>
          {covered.map(({ field }) => (
            <option key={field} value={field}>
              {inWords(field)}
            </option>
          ))}
        </select>
      </label>
    </FormPart>
  );
}

interface ConditionRowProps {
  readonly condition: Condition;
  readonly dimension: Dimension;
  readonly place: number;
  readonly dataset: string;
  readonly release: string;
  readonly onChange: (condition: Condition | null) => void;
}

function ConditionRow({ condition, dimension, place, dataset, release, onChange }: ConditionRowProps) {
  const { values, not } = condition;
  const { query, variables } = optionsQuery(dimension.name, dataset, release);
  const options = optionsOf(dimension.name, useAnswer<unknown>(query, variables).answer?.data);
  const nameOf = (value: string): string => options.find((each) => each.value === value)?.name ?? value;
  const name = inWords(dimension.field);
  const isSingle = dimension.name === 'REASONING';
  return (
    <div class="condition" role="group" aria-label={`Condition on ${name}`}>
      <span>{name}</span>
      <select
        aria-label={`How ${name} is compared`}
        value={not ? 'not' : 'is'}
        onChange={({ currentTarget }) => onChange({ ...condition, not: currentTarget.value === 'not' })}
      >
        <option value="is">is</option>
        <option value="not">is not</option>
      </select>
      {values.map((value) => (
        <button
          key={value}
          type="button"
          class="chip"
          aria-label={`Remove ${nameOf(value)}`}
          onClick={() => onChange({ ...condition, values: values.filter((each) => each !== value) })}
        >
          {nameOf(value)} <span aria-hidden="true">×</span>
        </button>
      ))}
      {(!isSingle || values.length === 0) && (
        <ValueInput
          label={`Add a value of ${name}`}
          listId={`condition-${place}`}
          options={options.filter(({ value }) => !values.includes(value))}
          free={dimension.name === 'LANGUAGE'}
          onPick={(value) => onChange({ ...condition, values: [...values, value] })}
        />
      )}
      <button
        type="button"
        class="quiet"
        aria-label={`Remove the condition on ${name}`}
        onClick={() => onChange(null)}
      >
        Remove
      </button>
    </div>
  );
}
