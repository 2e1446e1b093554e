import { type ApolloServer, type BaseContext, HeaderMap } from '@apollo/server';
import { type NextFunction, type Request, type Response, Router } from 'express';
import { AtlasError } from '../errors.ts';
import { requestLimits } from '../graphql/shared/request-limits.ts';
import { queryString, readPermalink } from '../permalinks/permalink-address.ts';
import { allowMethods } from './error-answers.ts';
import { limitAnswer } from './limit-answer.ts';
import { currentRequest, type RequestScope } from './request-scope.ts';

export interface Permalinks<Context extends BaseContext> {
  /** Text of a document that was kept; null where none has this hash. */
  readonly findDocument: (hash: string) => Promise<string | null>;
  /** What resolvers share that read these releases and no others in their place; refuses releases that are gone. */
  readonly createContext: (request: RequestScope, releases: readonly string[]) => Promise<Context>;
}

const YEAR_SECONDS = 31_536_000;
const forever = `public, max-age=${YEAR_SECONDS}, immutable`;

/**
 * `/q/<hash>`: runs the document, as /graphql would, over the releases that the address names. Browsers are sent to
 * the page that shows it. `/q/<hash>/document`: its text.
 */
export function permalinkRoutes<Context extends BaseContext>(
  apollo: ApolloServer<Context>,
  { findDocument, createContext }: Permalinks<Context>,
): Router {
  const readDocument = async (hash: string): Promise<string> => {
    const document = await findDocument(hash);
    if (document !== null) return document;
    throw new AtlasError(
      'PERMALINK_UNKNOWN',
      'No document with this hash is kept here: copy the address whole, as `citation { permalink }` gave it.',
    );
  };

  const answer = async (request: Request<{ hash: string }>, response: Response): Promise<void> => {
    const scope = currentRequest();
    if (scope === undefined) throw new Error('GraphQL runs within a request.');
    scope.isRepeatable = true;
    const { releases, variables } = readPermalink(searchOf(request));
    const query = await readDocument(request.params.hash);
    const context = await createContext(scope, releases);
    const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: {
        // The document is one of ours and a query: no other is kept.
        method: 'POST',
        search: '',
        headers: new HeaderMap([
          ['content-type', 'application/json'],
          ['accept', request.get('accept') ?? '*/*'],
        ]),
        body: { query, variables },
      },
      context: async () => context,
    });
    if (body.kind !== 'complete') throw new Error('No document of ours is answered in parts.');
    for (const [name, value] of headers) if (name !== 'cache-control') response.set(name, value);
    const isWhole = (status ?? 200) === 200 && (scope.errorCodes?.length ?? 0) === 0;
    if (isWhole) response.set('Cache-Control', cachingOf(scope));
    response.status(status ?? 200).send(body.string);
  };

  return Router()
    .all(['/q/:hash', '/q/:hash/document'], allowMethods('GET', 'HEAD'))
    .get('/q/:hash', showToPeople, limitAnswer(requestLimits.answerBytes), answer)
    .get('/q/:hash/document', async ({ params }, response) => {
      const text = await readDocument(params.hash);
      response.set('Cache-Control', forever).type('application/graphql; charset=utf-8').send(text);
    });
}

/** What a key opens today it may not open tomorrow: its owner's cache asks again, and is told if nothing changed. */
function cachingOf({ viewer }: RequestScope): string {
  return (viewer?.key ?? null) === null ? forever : 'private, no-cache';
}

/** Who prefers HTML to JSON is a person with a browser. */
function showToPeople(request: Request<{ hash: string }>, response: Response, next: NextFunction): void {
  response.vary('Accept');
  const json = ['application/json', 'application/graphql-response+json'];
  if (request.accepts([...json, 'text/html']) !== 'text/html') return next();
  const { hash } = request.params;
  const rest = queryString(readPermalink(searchOf(request))).replace(/^\?/, '&');
  response.redirect(303, `/query?permalink=${encodeURIComponent(hash)}${rest}`);
}

/** Express would read brackets and repeats in its own way. */
function searchOf({ originalUrl }: Request): URLSearchParams {
  const start = originalUrl.indexOf('?');
  return new URLSearchParams(start < 0 ? '' : originalUrl.slice(start));
}
