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

/** Asks the API when the question, its variables or the key change. A null question is not asked. */
export function useAnswer<Data>(
  query: string | null,
  variables: Readonly<Record<string, unknown>> = {},
): Asked<Data> {
  const question = query === null ? null : JSON.stringify([query, variables]);
  return useAsked<Data>(question, (signal) => ask<Data>(query ?? '', variables, { signal }));
}

/** Asks when the question, which stands for all that it is asked with, or the key change; aborts what is outdated. */
export function useAsked<Data>(
  question: string | null,
  send: (signal: AbortSignal) => Promise<Answer<Data>>,
): Asked<Data> {
  const [state, setState] = useState<Omit<Asked<Data>, 'retry'>>({
    answer: null,
    problem: null,
    loading: question !== null,
  });
  const [round, setRound] = useState(0);
  const retry = useCallback(() => setRound((count) => count + 1), []);
  useEffect(() => onKeyChange(retry), [retry]);

  useEffect(() => {
    if (question === null) return;
    const abort = new AbortController();
    setState(({ answer }) => ({ answer, problem: null, loading: true }));
    send(abort.signal).then(
      (answer) => setState({ answer, problem: null, loading: false }),
      (error: unknown) => {
        if (abort.signal.aborted) return;
        setState(({ answer }) => ({ answer, problem: asProblem(error), loading: false }));
      },
    );
    return () => abort.abort();
  }, [question, round]);

  return { ...state, retry };
}

export function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('UNREADABLE', String(error));
}
