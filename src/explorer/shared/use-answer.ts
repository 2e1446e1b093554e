import { useCallback, useEffect, useState } from 'preact/hooks';
import { ask, type Answer } from './client.ts';
import { onKeyChange } from './key.ts';
import { Problem } from './problem.ts';

export interface Asked<Data> {
  /** The last answer, kept while the next one is under way so that the page does not jump. */
  readonly answer: Answer<Data> | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
  /** Asks the same again. */
  readonly retry: () => void;
}

/**
 * Asks when the question, its variables or the key change, and aborts what is no longer of interest. A null
 * question is not asked.
 */
export function useAnswer<Data>(
  query: string | null,
  variables: Readonly<Record<string, unknown>> = {},
): Asked<Data> {
  const [state, setState] = useState<Omit<Asked<Data>, 'retry'>>({
    answer: null,
    problem: null,
    loading: query !== null,
  });
  const [round, setRound] = useState(0);
  const retry = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => onKeyChange(retry), [retry]);

  const key = JSON.stringify([query, variables]);
  useEffect(() => {
    if (query === null) return;
    const abort = new AbortController();
    setState(({ answer }) => ({ answer, problem: null, loading: true }));
    ask<Data>(query, variables, { signal: abort.signal }).then(
      (answer) => setState({ answer, problem: null, loading: false }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState(({ answer }) => ({ answer, problem: asProblem(error), loading: false }));
      },
    );
    return () => abort.abort();
    // The key stands for question and variables, which are made anew at every drawing.
  }, [key, round]);

  return { ...state, retry };
}

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('UNREADABLE', String(error));
}
