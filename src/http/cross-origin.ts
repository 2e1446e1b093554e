import cors, { type CorsOptions } from 'cors';
import type { RequestHandler } from 'express';
import { quotaHeaders } from './access.ts';

/** Which pages may ask from a browser. */
export interface CrossOrigin {
  /** `*`: pages of every origin. */
  readonly origins: '*' | readonly string[];
  /** Whether browsers send cookies along; never with `*`. */
  readonly credentials: boolean;
}

export const anyOrigin: CrossOrigin = { origins: '*', credentials: false };

/** Of the answer, that a page of another origin may read. */
const exposedHeaders = ['X-Request-Id', 'Content-Disposition', 'ETag', 'Link', ...quotaHeaders];

export function allowOrigins({ origins, credentials }: CrossOrigin): RequestHandler {
  const options: CorsOptions = {
    origin: origins === '*' ? '*' : [...origins],
    credentials: origins !== '*' && credentials,
    methods: ['GET', 'POST'],
    exposedHeaders,
    maxAge: 86_400,
  };
  return cors(options);
}
