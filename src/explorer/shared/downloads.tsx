import { DownloadLink } from './download-link.tsx';

/** A report as a file. */
export interface Download {
  /** Which report, where there are several. */
  readonly report: string;
  readonly format: string;
  readonly url: string;
}

/** What people call the formats; one that is not here is shown as the API names it. */
const names: Readonly<Record<string, string>> = {
  CSV: 'CSV',
  JSONL: 'JSON Lines',
  PARQUET: 'Parquet',
  ARROW: 'Arrow',
};

export interface DownloadsProps {
  /** Of what. */
  readonly title: string;
  readonly downloads: readonly Download[];
}

/** Links to the rows as files, a line for each report. */
export function Downloads({ title, downloads }: DownloadsProps) {
  const reports = [...new Set(downloads.map(({ report }) => report))];
  return (
    <>
      {reports.map((report) => {
        const name = reports.length > 1 ? `${report} of ${title}` : title;
        return (
          <p key={report} class="downloads">
            <span class="hint">Download {reports.length > 1 ? report : 'all rows'}:</span>
            {downloads
              .filter((each) => each.report === report)
              .map(({ format, url }) => {
                const text = names[format] ?? format;
                return (
                  <DownloadLink key={format} url={url} label={`${text}: all rows of ${name}`}>
                    {text}
                  </DownloadLink>
                );
              })}
          </p>
        );
      })}
    </>
  );
}
