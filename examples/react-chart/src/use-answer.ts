import type { TadaDocumentNode } from 'gql.tada';
import { useCallback, useEffect, useState } from 'react';
import { ask } from './ask.ts';
import { Problem } from './problem.ts';

/** What became of a question. */
export type Answer<Result> =
  | { readonly state: 'LOADING' }
  | { readonly state: 'ANSWERED'; readonly result: Result }
  | { readonly state: 'REFUSED'; readonly problem: Problem; readonly retry: () => void };

/** Asks when the question, its variables or the key change, and gives up what is outdated. */
export function useAnswer<Result, Variables>(
  question: TadaDocumentNode<Result, Variables>,
  variables: Variables,
  apiKey: string | null,
): Answer<Result> {
  const [answer, setAnswer] = useState<Answer<Result>>({ state: 'LOADING' });
  const [round, setRound] = useState(0);
  const retry = useCallback(() => setRound((count) => count + 1), []);
  // Variables are made anew at every drawing; their text is the same as long as they are.
  const asked = JSON.stringify(variables);

  useEffect(() => {
    const abort = new AbortController();
    setAnswer({ state: 'LOADING' });
    ask(question, JSON.parse(asked) as Variables, { apiKey, signal: abort.signal }).then(
      (result) => {
        if (!abort.signal.aborted) setAnswer({ state: 'ANSWERED', result });
      },
      (error: unknown) => {
        if (!abort.signal.aborted) setAnswer({ state: 'REFUSED', problem: asProblem(error), retry });
      },
    );
    return () => abort.abort();
  }, [question, asked, apiKey, round, retry]);

  return answer;
}

function asProblem(error: unknown): Problem {
  return error instanceof Problem ? error : new Problem('UNREADABLE', String(error));
}
