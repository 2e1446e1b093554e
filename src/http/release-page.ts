import { Router } from 'express';
import { AtlasError } from '../errors.ts';
import type { RequestScope } from './request-scope.ts';

/** What the address in a citation answers with: the release and its provenance, or null where there is none. */
export type DescribeRelease = (id: string, request: Pick<RequestScope, 'viewer'>) => Promise<object | null>;

/** `/releases/<id>` as JSON. Releases never change, so the answer may be kept; with a key, by its owner alone. */
export function releaseRoutes(describe: (id: string) => Promise<object | null>): Router {
  const router = Router();
  router.get('/releases/:id', async (request, response) => {
    const release = await describe(request.params.id);
    if (release === null) {
      throw new AtlasError('RELEASE_UNKNOWN', 'There is no release at this address, or it was pruned.');
    }
    const who = request.get('authorization') ?? request.get('x-api-key');
    response.set('Cache-Control', `${who === undefined ? 'public' : 'private'}, max-age=3600`).json(release);
  });
  return router;
}
