import { ProblemNotice } from '../../shared/notice.tsx';
import { openKeyDialog } from '../../shared/page-frame.tsx';
import type { Asked } from '../../shared/use-answer.ts';
import type { Choice } from './choice.ts';
import { numbersPerRow } from './write-query.ts';

export interface Plan {
  readonly plan: {
    readonly cost: {
      readonly points: number;
      readonly periods: number;
      readonly groups: number;
      readonly rows: number;
    };
    readonly rollup: { readonly name: string } | null;
    readonly tables: readonly string[];
    readonly release: { readonly id: string };
  };
}

export interface CostLineProps {
  readonly plan: Asked<Plan>;
  readonly choice: Choice;
  /** Whether a refusal is already shown where it belongs. */
  readonly isBlamed: boolean;
}

/** What the query would take, before it runs; or why it would be refused. */
export function CostLine({ plan: { answer, problem, loading, retry }, choice, isBlamed }: CostLineProps) {
  if (problem !== null && isBlamed) return <p class="refusal">This would be refused: see the marked part.</p>;
  if (problem !== null) return <ProblemNotice problem={problem} onRetry={retry} onKey={openKeyDialog} />;
  if (answer === null) return <p role="status">{loading ? 'Working out the cost …' : ''}</p>;
  const { cost, rollup, release } = answer.data.plan;
  const points = mostPoints(cost, choice);
  return (
    <p class="cost" role="status" aria-busy={loading}>
      <strong>At most {points.toLocaleString('en')} points</strong>
      <br />
      <span class="hint">
        {count(cost.periods, 'period')} × {count(cost.groups, 'group')}: up to {count(cost.rows, 'row')}
        {rollup !== null && ` from ${rollup.name}`}, of {release.id}
      </span>
    </p>
  );
}

/**
 * A point for the request, one for the report, and one for each thousand numbers that are computed. The plan is for
 * one number in each row; a top computes more groups than it keeps, of which the plan tells the thousands alone.
 */
export function mostPoints(cost: Plan['plan']['cost'], choice: Choice): number {
  const numbers = numbersPerRow(choice);
  if (choice.top !== null) return 2 + (cost.points - 1) * numbers;
  const rows = cost.rows * (choice.compareTo === null ? 1 : 2);
  return 2 + Math.ceil((rows * numbers) / 1000);
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}
