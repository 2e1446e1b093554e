import { type RequestHandler, Router } from 'express';
import { allowMethods } from './error-answers.ts';
import type { Readiness } from './readiness.ts';

/**
 * `/healthz`: the process answers. `/readyz`: 200 once queries can be answered, else 503 with the check that
 * failed, and neither addresses nor messages.
 */
export function healthRoutes(checkReadiness: () => Promise<Readiness>): Router {
  const healthz: RequestHandler = (_request, response) => {
    response.json({ status: 'ok' });
  };
  const readyz: RequestHandler = async (_request, response) => {
    const checks = await checkReadiness();
    const ready = Object.values(checks).every((check) => check === 'ok');
    response.status(ready ? 200 : 503).json({ ready, checks });
  };
  return Router()
    .all(['/healthz', '/readyz'], allowMethods('GET', 'HEAD'))
    .get('/healthz', healthz)
    .get('/readyz', readyz);
}
