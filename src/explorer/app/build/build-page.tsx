import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { openKeyDialog, PageFrame } from '../../shared/page-frame.tsx';
import { ProblemNotice, SyntheticNotice } from '../../shared/notice.tsx';
import { useAnswer } from '../../shared/use-answer.ts';
import { partOf, type Part } from './blame.ts';
import { BuildForm } from './build-form.tsx';
import './build.css';
import { readChoice, writeChoice, type Choice } from './choice.ts';
import { CostLine, type Plan } from './cost-line.tsx';
import { metadataQuery, type Metadata } from './metadata.ts';
import { Results } from './results.tsx';
import { useSettled } from './use-settled.ts';
import { WrittenQuery } from './written-query.tsx';
import { writePlan, writeUsage } from './write-query.ts';

/** Builds any `usage` query from what the API says of itself. The address holds the whole choice. */
export function BuildPage() {
  const { url, route } = useLocation();
  const [, search = ''] = url.split('?');
  const choice = readChoice(search);
  const { answer, problem, retry } = useAnswer<Metadata>(metadataQuery, { dataset: choice.dataset });
  const change = (part: Partial<Choice>): void =>
    route(`/build?${writeChoice({ ...choice, ...part })}`, true);
  return (
    <PageFrame place="/build" title="Build a query">
      <h1>Build a query</h1>
      <p class="lead">
        Choose what to count; the query is written as you choose, and its cost shown before it runs.
      </p>
      {problem !== null && <ProblemNotice problem={problem} onRetry={retry} onKey={openKeyDialog} />}
      {answer === null ? (
        problem === null && <p role="status">Loading what can be asked …</p>
      ) : (
        <Builder
          choice={choice}
          metadata={answer.data}
          isShared={search.includes('measures=')}
          onChange={change}
        />
      )}
    </PageFrame>
  );
}

interface BuilderProps {
  readonly choice: Choice;
  readonly metadata: Metadata;
  /** Whether the page was opened with a choice in its address: then it is run at once. */
  readonly isShared: boolean;
  readonly onChange: (part: Partial<Choice>) => void;
}

interface Run {
  readonly document: string;
  readonly choice: Choice;
}

function Builder({ choice, metadata, isShared, onChange }: BuilderProps) {
  const document = writeUsage(choice, metadata);
  const plan = useAnswer<Plan>(useSettled(writePlan(choice, metadata)));
  const [run, setRun] = useState<Run | null>(null);
  useEffect(() => {
    if (isShared) setRun({ document, choice });
  }, []);
  const part = plan.problem === null ? null : partOf(plan.problem);
  const refusals: Partial<Record<Part, string>> =
    part === null || plan.problem === null ? {} : { [part]: plan.problem.message };
  const { dataset } = metadata;
  const isNothing = choice.measures.length === 0 && choice.share === null;
  return (
    <div class="builder">
      <BuildForm choice={choice} metadata={metadata} refusals={refusals} onChange={onChange} />
      <div class="builder-answer">
        {dataset.synthetic && <SyntheticNotice title={dataset.title} />}
        <form
          class="run"
          onSubmit={(event) => {
            event.preventDefault();
            setRun({ document, choice });
          }}
        >
          <button type="submit" class="primary" disabled={isNothing || plan.problem !== null}>
            Run
          </button>
          {isNothing ? (
            <p>Choose a measure, or a share.</p>
          ) : (
            <CostLine plan={plan} choice={choice} isBlamed={part !== null} />
          )}
        </form>
        <WrittenQuery document={document} />
        {run !== null && (
          <Results
            document={run.document}
            choice={run.choice}
            metadata={metadata}
            isStale={run.document !== document}
          />
        )}
      </div>
    </div>
  );
}
