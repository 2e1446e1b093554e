import { type Request, type Response, Router } from 'express';
import type { Logger } from 'pino';
import { reportNames } from '../downloads/address.ts';
import { downloadLimits, type DownloadLimits } from '../downloads/download-limits.ts';
import { type Format, formats } from '../downloads/formats.ts';
import type { OpenedDownload } from '../downloads/opened-download.ts';
import { AtlasError } from '../errors.ts';
import type { AskedDownload } from '../graphql/download/open-download.ts';
import { allowMethods } from './error-answers.ts';
import { describeProblem } from './problem.ts';
import type { RequestScope } from './request-scope.ts';
import { sendSteadily } from './send-steadily.ts';

/** Checks a question; null where there is no such report or format. */
export type OpenDownload = (
  asked: AskedDownload,
  request: RequestScope,
  limits: DownloadLimits,
) => Promise<OpenedDownload | null>;

const YEAR_SECONDS = 31_536_000;

/** `/download/<report>.<format>?…`: all rows of a report as a file, sent as they are read. */
export function downloadRoutes(
  open: OpenDownload,
  requestInProgress: () => RequestScope,
  logger: Logger,
  limits: DownloadLimits = downloadLimits,
): Router {
  const answer = async (request: Request<{ file: string }>, response: Response): Promise<void> => {
    const scope = requestInProgress();
    const deadline = AbortSignal.timeout(limits.downloadSeconds * 1_000);
    const signal = AbortSignal.any([scope.signal, deadline]);
    const download = await open(readAddress(request), { ...scope, signal }, limits);
    if (download === null) throw nothingHere();
    response.set('ETag', download.etag);
    if (request.fresh) return void setCaching(response, download, scope).status(304).end();
    response.removeHeader('ETag');
    const setHead = (): void => setHeaders(response, download, scope);
    if (request.method === 'HEAD') {
      setHead();
      return void response.end();
    }
    try {
      await download.run(async (chunks) => {
        await sendSteadily(chunks, response, {
          setHead,
          signal,
          stallMs: limits.downloadStallSeconds * 1_000,
        });
      });
    } catch (error) {
      // Nobody is left to tell.
      if (scope.signal.aborted) return;
      const failure = deadline.aborted ? ranOut(limits) : error;
      if (!response.headersSent) throw failure;
      breakOff(response, failure, scope, logger);
    }
  };
  return Router().all('/download/:file', allowMethods('GET', 'HEAD')).get('/download/:file', answer);
}

/** Express would read brackets and repeats in its own way. */
function readAddress({ params: { file }, originalUrl }: Request<{ file: string }>): AskedDownload {
  const dot = file.indexOf('.');
  const start = originalUrl.indexOf('?');
  return {
    report: dot < 0 ? file : file.slice(0, dot),
    extension: dot < 0 ? '' : file.slice(dot + 1),
    parameters: new URLSearchParams(start < 0 ? '' : originalUrl.slice(start)),
  };
}

function nothingHere(): AtlasError {
  const extensions = Object.values<Format>(formats).map(({ extension }) => extension);
  return new AtlasError(
    'NOT_FOUND',
    `Downloads are at /download/<report>.<format>: ${reportNames.join(', ')} as ${extensions.join(', ')}, each described at .schema.json; whole releases at /download/<release>.zip.`,
  );
}

function setHeaders(response: Response, download: OpenedDownload, scope: RequestScope): void {
  const { fileName, mediaType, etag, links } = download;
  setCaching(response, download, scope).set({
    'Content-Type': mediaType,
    'Content-Disposition': `attachment; filename="${fileName}"`,
    ETag: etag,
    Link: links
      .map(
        ({ url, relation, mediaType: type }) =>
          `<${url}>; rel="${relation}"${type ? `; type="${type}"` : ''}`,
      )
      .join(', '),
  });
}

/** What a key opens today it may not open tomorrow, and the latest release is another then: caches ask again. */
function setCaching(response: Response, { isPinned }: OpenedDownload, { viewer }: RequestScope): Response {
  const who = (viewer?.key ?? null) === null ? 'public' : 'private';
  const isForever = isPinned && who === 'public';
  return response.set(
    'Cache-Control',
    isForever ? `public, max-age=${YEAR_SECONDS}, immutable` : `${who}, no-cache`,
  );
}

/** Amid an answer there is one way to say that it is not whole: its connection ends before it does. */
function breakOff(response: Response, error: unknown, scope: RequestScope, logger: Logger): void {
  const { code, isOurs } = describeProblem(error);
  scope.errorCodes = [code];
  if (isOurs) logger.error({ err: error, code }, 'download failed');
  response.destroy();
}

function ranOut({ downloadSeconds }: DownloadLimits): AtlasError {
  return new AtlasError('DOWNLOAD_CUT_OFF', `A download may take ${downloadSeconds} s.`);
}
