import { useAnswer } from '../../shared/use-answer.ts';
import { ProblemNotice } from '../../shared/notice.tsx';
import { FidelityTable } from './fidelity-table.tsx';
import { fidelityQuery, type FidelityAnswer } from './fidelity-query.ts';
import type { FigureFacts } from './figure-query.ts';

/** What the study published, beside what the data have in its place. */
export function FidelityPart({ figure }: { readonly figure: FigureFacts }) {
  const isAsked = figure.published.length > 0 && figure.coverage.covered;
  const { answer, problem, loading, retry } = useAnswer<FidelityAnswer>(isAsked ? fidelityQuery : null, {
    id: figure.id,
    release: figure.coverage.release,
  });
  if (figure.published.length === 0) return null;
  const fidelity = answer?.data.figure?.fidelity;
  return (
    <section aria-labelledby="fidelity-heading">
      <h2 id="fidelity-heading">Published and computed</h2>
      {figure.decision !== null && <p class="small">Where the study contradicts itself: {figure.decision}</p>}
      {!isAsked && (
        <p>The study has numbers for this figure; this data set has nothing to set beside them.</p>
      )}
      {problem !== null && <ProblemNotice problem={problem} onRetry={retry} />}
      {isAsked && loading && fidelity === undefined && <p class="hint">Comparing…</p>}
      {fidelity && (
        <>
          <Summary fidelity={fidelity} />
          <details>
            <summary>Value by value: {fidelity.values.length}</summary>
            <FidelityTable values={fidelity.values} />
          </details>
          {fidelity.notes.map((note) => (
            <p key={note} class="small">
              {note}
            </p>
          ))}
        </>
      )}
    </section>
  );
}

type Fidelity = NonNullable<FidelityAnswer['figure']>['fidelity'];

function Summary({ fidelity: { errors, words, agreeing, synthetic } }: { readonly fidelity: Fidelity }) {
  const compared = errors.filter((error) => error.compared > 0);
  if (compared.length === 0 && words === 0) {
    return (
      <p>
        The days that the study draws are not in this release, so no number can be set beside a published one.
      </p>
    );
  }
  return (
    <>
      {synthetic && (
        <p>
          Simulated data were made to resemble the study: nearness shows that the method redraws it, no more.
        </p>
      )}
      <ul>
        {compared.map(({ title, unit, compared: count, meanAbsoluteError, greatestError }) => (
          <li key={title}>
            {title}: {count} values, mean error {amount(meanAbsoluteError, unit)}, greatest{' '}
            {amount(greatestError, unit)}.
          </li>
        ))}
        {words > 0 && (
          <li>
            {agreeing} of {words} names agree.
          </li>
        )}
      </ul>
    </>
  );
}

/** Errors of percentages are in percentage points. */
function amount(value: number | null, unit: string): string {
  if (value === null) return 'unknown';
  const text = value.toLocaleString('en', { maximumSignificantDigits: 3 });
  return unit === '%' ? `${text} percentage points` : `${text} ${unit}`;
}
