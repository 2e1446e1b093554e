import { useLocation } from 'preact-iso';
import { useMemo } from 'preact/hooks';
import { askAddress, getAddress, type Answer } from '../../shared/client.ts';
import { ProblemNotice } from '../../shared/notice.tsx';
import { openKeyDialog, PageFrame } from '../../shared/page-frame.tsx';
import { useAsked } from '../../shared/use-answer.ts';
import { AnswerPart } from './answer-part.tsx';
import { FindPermalink } from './find-permalink.tsx';
import { KeptDocument } from './kept-document.tsx';
import { addressOf, readPermalink, type Permalink } from './permalink.ts';
import './query.css';
import { ReleaseCitation } from './release-citation.tsx';

/** A query that was kept at a permanent address: its document, its answer, its releases, and how to cite them. */
export function QueryPage() {
  const { url } = useLocation();
  const search = new URL(url, location.origin).search;
  const permalink = useMemo(() => readPermalink(search), [search]);
  return (
    <PageFrame place="/query" title="Permanent address of a query">
      <h1>{permalink === null ? 'Queries with a permanent address' : 'A query with a permanent address'}</h1>
      {permalink === null ? <FindPermalink /> : <KeptQuery key={search} permalink={permalink} />}
    </PageFrame>
  );
}

function KeptQuery({ permalink }: { readonly permalink: Permalink }) {
  const address = addressOf(permalink);
  const text = useAsked<string>(permalink.hash, (signal) => askDocument(permalink.hash, signal));
  const asked = useAsked<unknown>(address, (signal) => askAddress(address, signal));
  const { problem, retry } = text.problem === null ? asked : text;
  return (
    <>
      <p class="lead">
        The same document over the same releases: the answer stays what it was, whatever is published later.
      </p>
      {permalink.releases.map((id) => (
        <ReleaseCitation key={id} release={id} part="notice" />
      ))}
      {problem !== null && <ProblemNotice problem={problem} onRetry={retry} onKey={openKeyDialog} />}
      {problem?.code === 'PERMALINK_UNKNOWN' && <FindPermalink />}
      {text.answer !== null && (
        <KeptDocument permalink={permalink} address={address} document={text.answer.data} />
      )}
      {asked.loading && asked.answer === null && <p role="status">Running …</p>}
      {asked.answer !== null && asked.problem === null && <AnswerPart answer={asked.answer} />}
      {permalink.releases.map((id) => (
        <ReleaseCitation key={id} release={id} part="citation" />
      ))}
    </>
  );
}

async function askDocument(hash: string, signal: AbortSignal): Promise<Answer<string>> {
  const response = await getAddress(`/q/${encodeURIComponent(hash)}/document`, signal);
  return { data: await response.text(), problems: [], cost: null, requestId: null };
}
