import { Pick } from '../build/form-part.tsx';
import { asOption } from '../build/build-form.tsx';
import { dimensionsOf, measuresOf, type Compared } from './compared.ts';
import { DifferenceAnswerPart } from './difference-answer.tsx';
import type { DatasetFacts } from './releases-query.ts';

export interface DifferencePartProps {
  readonly datasets: readonly DatasetFacts[];
  /** Null where no data set has two releases. */
  readonly compared: Compared | null;
  readonly onChange: (part: Partial<Compared>) => void;
}

/** Picks two releases of a data set, and shows what moved from one to the other. */
export function DifferencePart({ datasets, compared, onChange }: DifferencePartProps) {
  const having = datasets.filter(({ releases }) => releases.length > 1);
  const dataset = having.find(({ releases }) => releases.some(({ id }) => id === compared?.to));
  return (
    <section aria-labelledby="difference-heading">
      <h2 id="difference-heading">What moved between two releases</h2>
      {compared === null || dataset === undefined ? (
        <p class="notice">
          No data set has two releases yet. Once a second one is published, it is compared with the first
          here: follow the feed to hear of it.
        </p>
      ) : (
        <>
          <form
            class="form-row"
            aria-label="Which releases are compared"
            onSubmit={(event) => event.preventDefault()}
          >
            <Pick
              label="Data set"
              value={dataset.id}
              options={having.map(({ id, title }) => ({ name: id, text: title }))}
              onChange={(id) => onChange(twoNewestOf(having, id))}
            />
            {(['from', 'to'] as const).map((end) => (
              <Pick
                key={end}
                label={end === 'from' ? 'From release' : 'To release'}
                value={compared[end]}
                options={dataset.releases.map(({ id }) => ({
                  name: id,
                  text: id.slice(id.indexOf('@') + 1),
                }))}
                onChange={(id) => onChange({ [end]: id ?? compared[end] })}
              />
            ))}
            <Pick
              label="Days"
              value={compared.days}
              options={[
                { name: 'ALL', text: 'All days of each' },
                { name: 'SHARED', text: 'Days that both cover' },
              ]}
              onChange={(days) => onChange({ days: days === 'SHARED' ? 'SHARED' : 'ALL' })}
            />
            <Pick
              label="Measure"
              value={compared.measure}
              options={measuresOf(dataset).map(({ name }) => asOption({ name }))}
              onChange={(measure) => onChange({ measure: measure ?? compared.measure })}
            />
            <Pick
              label="Grouped by"
              value={compared.groupBy}
              none="Nothing"
              options={dimensionsOf(dataset).map(({ name }) => asOption({ name }))}
              onChange={(groupBy) => onChange({ groupBy })}
            />
          </form>
          <DifferenceAnswerPart compared={compared} />
        </>
      )}
    </section>
  );
}

function twoNewestOf(datasets: readonly DatasetFacts[], id: string | null): Partial<Compared> {
  const [to, from] = datasets.find((dataset) => dataset.id === id)?.releases ?? [];
  return to === undefined || from === undefined ? {} : { from: from.id, to: to.id, measure: 'TOTAL_TOKENS' };
}
