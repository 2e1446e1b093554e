import type { NextFunction, Request, Response } from 'express';
import { AtlasError } from '../errors.ts';

/** Middleware: refuses to send an answer of more bytes, so that no client can have gigabytes made and queued. */
export function limitAnswer(limit: number) {
  return (_request: Request, response: Response, next: NextFunction): void => {
    const send = response.send.bind(response);
    response.send = (body: unknown) => {
      if (typeof body !== 'string' || Buffer.byteLength(body) <= limit) return send(body);
      response.send = send;
      throw new AtlasError(
        'ANSWER_TOO_LARGE',
        `The answer has more than ${limit} bytes: ask for fewer rows or fields, or by pages with \`first\` and \`after\`.`,
        { details: { limit } },
      );
    };
    next();
  };
}
