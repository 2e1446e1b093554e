import { Router } from 'express';
import { AtlasError } from '../errors.ts';

/** What the address in a citation answers with: the release and its provenance, or null where there is none. */
export type DescribeRelease = (id: string) => Promise<object | null>;

/** `/releases/<id>` as JSON. Releases never change, so the answer may be kept. */
export function releaseRoutes(describeRelease: DescribeRelease): Router {
  const router = Router();
  router.get('/releases/:id', async (request, response) => {
    const release = await describeRelease(request.params.id);
    if (release === null) {
      throw new AtlasError('RELEASE_UNKNOWN', 'There is no release at this address, or it was pruned.');
    }
    response.set('Cache-Control', 'public, max-age=3600').json(release);
  });
  return router;
}
