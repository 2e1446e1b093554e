import { DownloadLink } from '../../shared/download-link.tsx';
import { SyntheticNotice } from '../../shared/notice.tsx';
import { CopyButton } from '../copy-button.tsx';
import type { DatasetFacts, ReleaseFacts } from './releases-query.ts';

/** A data set: what it is, when the next release is expected, and those that there are. */
export function DatasetPart({ dataset }: { readonly dataset: DatasetFacts }) {
  const { id, title, description, synthetic, visibility, nextUpdate, feedUrl, homepage, releases } = dataset;
  const headingId = `dataset-${id}`;
  return (
    <section aria-labelledby={headingId}>
      <h2 id={headingId}>
        {title}
        {visibility === 'PARTNER' && <span class="hint"> partner data</span>}
      </h2>
      {synthetic && <SyntheticNotice title={title} />}
      <p>{description}</p>
      <dl class="facts">
        <div>
          <dt>Next release</dt>
          <dd>{nextUpdate === null ? 'no day is announced' : `expected on ${nextUpdate}`}</dd>
        </div>
        <div>
          <dt>Licence</dt>
          <dd>
            <Licence {...dataset} />
          </dd>
        </div>
        {homepage !== null && (
          <div>
            <dt>Source</dt>
            <dd>
              <a href={homepage} rel="noopener noreferrer">
                {homepage.replace(/^https?:\/\//, '')}
              </a>
            </dd>
          </div>
        )}
        <div>
          <dt>News</dt>
          <dd>
            <a href={pathOf(feedUrl)}>Atom feed</a>
          </dd>
        </div>
      </dl>
      <div class="table-frame" tabIndex={0} role="region" aria-label={`Releases of ${title}`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Release</th>
              <th scope="col">Published</th>
              <th scope="col">Days of the data</th>
              <th scope="col" class="numeric">
                Rows read
              </th>
              <th scope="col" class="numeric">
                Refused
              </th>
              <th scope="col" class="numeric">
                Total tokens
              </th>
              <th scope="col">Take it</th>
              <th scope="col">Cite it</th>
            </tr>
          </thead>
          <tbody>
            {releases.map((release, index) => (
              <ReleaseRow key={release.id} release={release} dataset={id} isLatest={index === 0} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface ReleaseRowProps {
  readonly release: ReleaseFacts;
  readonly dataset: string;
  readonly isLatest: boolean;
}

function ReleaseRow({ release, dataset, isLatest }: ReleaseRowProps) {
  const { id, publishedAt, periodFrom, periodTo, rowsRead, rowsQuarantined, totalTokens } = release;
  const { citation, dataPackage } = release;
  const number = id.slice(id.indexOf('@') + 1);
  return (
    <tr>
      <th scope="row">
        <a href={`/?${new URLSearchParams({ dataset, ...(isLatest ? {} : { release: id }) }).toString()}`}>
          {number}
        </a>
        {isLatest && ' (latest)'}
      </th>
      <td>{publishedAt.slice(0, 10)}</td>
      <td class="days">
        {periodFrom} to before {periodTo}
      </td>
      <td class="numeric">{rowsRead.toLocaleString('en')}</td>
      <td class="numeric">{rowsQuarantined.toLocaleString('en')}</td>
      <td class="numeric">{totalTokens.toLocaleString('en')}</td>
      <td class="files">
        <a href={`/releases/${id}`}>provenance (JSON)</a>
        {dataPackage !== null && (
          <>
            {', '}
            <DownloadLink url={dataPackage} label={`data package of ${id} (zip)`}>
              data package (zip)
            </DownloadLink>
          </>
        )}
      </td>
      <td class="row-buttons">
        <CopyButton text={citation.text} name="citation" />{' '}
        <CopyButton text={citation.bibtex} name="BibTeX" />
      </td>
    </tr>
  );
}

function Licence({ licence, licenceUrl }: Pick<DatasetFacts, 'licence' | 'licenceUrl'>) {
  if (licenceUrl === null) return <>{licence}</>;
  return (
    <a href={licenceUrl} rel="license noopener noreferrer">
      {licence}
    </a>
  );
}

/** On this server, by whatever name the visitor reaches it. */
function pathOf(address: string): string {
  return new URL(address, location.origin).pathname;
}
