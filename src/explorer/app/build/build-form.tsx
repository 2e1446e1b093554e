import { DatasetPicker } from '../dataset-picker.tsx';
import { inWords } from './chart-of-answer.ts';
import type { Part } from './blame.ts';
import type { Choice } from './choice.ts';
import { ConditionsPart } from './conditions-part.tsx';
import { FormPart, Pick } from './form-part.tsx';
import { helpOf, limitOf, type Dimension, type Measure, type Metadata, type Named } from './metadata.ts';
import { TopPart } from './top-part.tsx';

export interface PartProps {
  readonly choice: Choice;
  readonly metadata: Metadata;
  readonly refusals: Readonly<Partial<Record<Part, string>>>;
  readonly onChange: (part: Partial<Choice>) => void;
}

/** Everything that `usage` can be asked for. */
export function BuildForm(props: PartProps) {
  const { choice, metadata, refusals, onChange } = props;
  const { datasets, dataset } = metadata;
  const latest = datasets.find(({ id }) => id === dataset.id)?.releases[0]?.id ?? '';
  return (
    <form class="builder-form" aria-label="What to count" onSubmit={(event) => event.preventDefault()}>
      <FormPart title="Data">
        <DatasetPicker
          datasets={datasets}
          dataset={dataset.id}
          release={choice.release ?? latest}
          onChange={onChange}
        />
      </FormPart>
      <MeasuresPart {...props} />
      <DimensionsPart {...props} />
      <FormPart title="Periods" help={helpOf(metadata, 'grain')} refusal={refusals.grain}>
        <Pick
          label="Grain"
          value={choice.grain}
          none="The whole range"
          options={metadata.grains.enumValues.map(asOption)}
          onChange={(grain) => onChange({ grain })}
        />
        {choice.grain === 'WEEK' && (
          <Pick
            label="Weeks begin on"
            value={choice.weekStart ?? 'MONDAY'}
            options={metadata.weekStarts.enumValues.map(asOption)}
            onChange={(day) => onChange({ weekStart: day === 'MONDAY' ? null : day })}
          />
        )}
      </FormPart>
      <RangePart {...props} />
      <ConditionsPart {...props} />
      <TopPart {...props} />
      <SharePart {...props} />
      <FormPart title="Compare" help={helpOf(metadata, 'compareTo')} refusal={refusals.compareTo}>
        <Pick
          label="With"
          value={choice.compareTo}
          none="Nothing"
          options={metadata.comparisons.enumValues.map(asOption)}
          onChange={(compareTo) => onChange({ compareTo })}
        />
      </FormPart>
    </form>
  );
}

export function asOption({ name }: Pick<Named, 'name'>): { name: string; text: string } {
  return { name, text: inWords(name) };
}

function MeasuresPart({ choice, metadata, refusals, onChange }: PartProps) {
  const { measures } = metadata.dataset;
  const chosen = measures.filter(({ name }) => choice.measures.includes(name));
  return (
    <FormPart title="Measures" refusal={refusals.measures}>
      <div class="options">
        {measures.map((measure) => (
          <Check
            key={measure.name}
            text={inWords(measure.field)}
            hint={measure.description}
            lack={lackOf(measure)}
            checked={choice.measures.includes(measure.name)}
            onChange={(on) => onChange({ measures: toggled(choice.measures, measure.name, on) })}
          />
        ))}
      </div>
      <Meanings of={chosen} />
    </FormPart>
  );
}

function DimensionsPart({ choice, metadata, refusals, onChange }: PartProps) {
  const { dimensions } = metadata.dataset;
  const most = limitOf(metadata, 'dimensions') ?? Infinity;
  const chosen = dimensions.filter(({ name }) => choice.groupBy.includes(name));
  const change = (name: string, on: boolean): void => {
    const groupBy = toggled(choice.groupBy, name, on);
    // What depends on a grouping goes with it.
    onChange({
      groupBy,
      ...(groupBy.length === 0 && { top: null }),
      ...(!on && choice.shareOf === name && { shareOf: null }),
    });
  };
  return (
    <FormPart title="Grouped by" help={helpOf(metadata, 'groupBy')} refusal={refusals.groupBy}>
      <div class="options">
        {dimensions.map(({ name, field, description, covered }) => (
          <Check
            key={name}
            text={inWords(field)}
            hint={description}
            lack={covered ? null : 'not covered'}
            isFull={choice.groupBy.length >= most}
            checked={choice.groupBy.includes(name)}
            onChange={(on) => change(name, on)}
          />
        ))}
      </div>
      <Meanings of={chosen} />
    </FormPart>
  );
}

function RangePart({ choice, metadata, refusals, onChange }: PartProps) {
  const release = metadata.datasets
    .flatMap(({ id, releases }) => (id === metadata.dataset.id ? releases : []))
    .find(({ id }, index) => (choice.release === null ? index === 0 : id === choice.release));
  return (
    <FormPart title="Days" help={helpOf(metadata, 'to')} refusal={refusals.range}>
      <div class="form-row">
        {(['from', 'to'] as const).map((end) => (
          <label key={end}>
            <span class="field-name">{end === 'from' ? 'From' : 'To before'}</span>
            <input
              type="date"
              value={choice[end] ?? ''}
              min={release?.periodFrom}
              max={release?.periodTo}
              onChange={({ currentTarget }) => onChange({ [end]: currentTarget.value || null })}
            />
          </label>
        ))}
      </div>
      {release !== undefined && (
        <p class="hint">
          The data run from {release.periodFrom} to before {release.periodTo}.
        </p>
      )}
    </FormPart>
  );
}

function SharePart({ choice, metadata, refusals, onChange }: PartProps) {
  const bases = metadata.shareBases.enumValues.filter(
    ({ name }) =>
      name === 'ALL' || (name === 'PERIOD' && choice.grain !== null) || choice.groupBy.includes(name),
  );
  return (
    <FormPart title="Share" help={helpOf(metadata, 'shareOf')} refusal={refusals.shareOf}>
      <Pick
        label="Share of"
        value={choice.share}
        none="None"
        options={metadata.additive.enumValues.map(asOption)}
        onChange={(share) => onChange({ share, ...(share === null && { shareOf: null }) })}
      />
      {choice.share !== null && (
        <Pick
          label="Taken of"
          value={choice.shareOf}
          none={choice.grain === null ? 'All rows' : 'Its period'}
          options={bases.map(asOption)}
          onChange={(shareOf) => onChange({ shareOf })}
        />
      )}
    </FormPart>
  );
}

interface CheckProps {
  readonly text: string;
  readonly hint: string;
  /** Why it can not be had; null where it can. */
  readonly lack: string | null;
  readonly checked: boolean;
  /** Whether no more may be chosen. */
  readonly isFull?: boolean;
  readonly onChange: (on: boolean) => void;
}

function Check({ text, hint, lack, checked, isFull = false, onChange }: CheckProps) {
  return (
    <label class="inline" title={hint}>
      <input
        type="checkbox"
        checked={checked}
        disabled={!checked && (lack !== null || isFull)}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <span class={lack === null ? '' : 'lacking'}>
        {text}
        {lack !== null && <small> ({lack})</small>}
      </span>
    </label>
  );
}

/** Of what was chosen, in the API's words. */
function Meanings({ of }: { readonly of: readonly (Dimension | Measure)[] }) {
  if (of.length === 0) return null;
  return (
    <details class="meanings">
      <summary>What {of.length === 1 ? 'it means' : 'they mean'}</summary>
      <dl>
        {of.map(({ name, field, description }) => (
          <div key={name}>
            <dt>{inWords(field)}</dt>
            <dd>{description}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function lackOf({ covered, lackedScope }: Measure): string | null {
  if (!covered) return 'not covered';
  return lackedScope === null ? null : `needs a key with ${lackedScope}`;
}

function toggled(names: readonly string[], name: string, on: boolean): string[] {
  return on ? [...names, name] : names.filter((each) => each !== name);
}
