import { Router } from 'express';
import { AtlasError } from '../errors.ts';
import type { FeedDocument } from '../feeds/release-feed.ts';
import { allowMethods } from './error-answers.ts';
import { currentRequest, type RequestScope } from './request-scope.ts';

/** The feed of one data set, or of all that who asks may see (null). */
export type ReadFeed = (
  dataset: string | null,
  request: Pick<RequestScope, 'viewer'>,
) => Promise<FeedDocument>;

const FRESH_SECONDS = 300;

/** `/feeds/releases.atom` of all data sets, `/feeds/<data set>.atom` of one. */
export function feedRoutes(readFeed: ReadFeed): Router {
  return Router()
    .all('/feeds/:file', allowMethods('GET', 'HEAD'))
    .get('/feeds/:file', async ({ params: { file } }, response) => {
      const [, name] = /^(.+)\.atom$/.exec(file) ?? [];
      if (name === undefined) {
        throw new AtlasError('NOT_FOUND', 'Feeds are at /feeds/releases.atom and /feeds/<data set>.atom.');
      }
      const scope: Pick<RequestScope, 'viewer'> = currentRequest() ?? {};
      const { xml, updatedAt } = await readFeed(name === 'releases' ? null : name, scope);
      const isPublic = (scope.viewer?.key ?? null) === null;
      // Express adds an ETag, and answers 304 where that or the date is known.
      response
        .set('Cache-Control', `${isPublic ? 'public' : 'private'}, max-age=${FRESH_SECONDS}`)
        .set('Last-Modified', updatedAt.toUTCString())
        .type('application/atom+xml; charset=utf-8')
        .send(xml);
    });
}
