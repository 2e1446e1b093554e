import type { UsageReport } from './weekly-shares-query.ts';

/** Where the numbers come from: with the name of the release anybody can ask for the same again. */
export function SourceNote({ report }: { readonly report: UsageReport }) {
  const { citation, meta } = report;
  return (
    <footer>
      <p>
        Release <a href={citation.url}>{meta.release.id}</a>, published{' '}
        <time dateTime={meta.release.publishedAt}>{meta.release.publishedAt.slice(0, 10)}</time>.
      </p>
      <p>
        Cite as: <cite>{citation.text}</cite>
      </p>
    </footer>
  );
}
