import type { Server } from 'node:http';
import type { BaseContext } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import cors from 'cors';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { GraphQLSchema } from 'graphql';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { AtlasError } from '../errors.ts';
import { createApolloServer } from './apollo-server.ts';
import { allowMethods, answerErrors, answerNotFound } from './error-answers.ts';
import { healthRoutes } from './health.ts';
import type { Readiness } from './readiness.ts';
import { releaseRoutes, type DescribeRelease } from './release-page.ts';
import { logRequests } from './request-log.ts';
import { currentRequest, openRequestScope, type RequestScope } from './request-scope.ts';

export interface AppOptions<Context extends BaseContext> {
  schema: GraphQLSchema;
  /** What resolvers share, made anew for each request. */
  createContext: (request: Pick<RequestScope, 'requestId' | 'signal'>) => Context;
  checkReadiness: () => Promise<Readiness>;
  describeRelease: DescribeRelease;
  config: { readonly publicUrl: string };
  logger: Logger;
  /** Drained when the app stops. */
  httpServer: Server;
}

export interface App {
  app: Express;
  /** Lets running requests finish, then ends the HTTP server and Apollo Server. */
  stop(): Promise<void>;
}

const BODY_LIMIT = '100kb';

/** The HTTP side of the program, without listening: GraphQL, health, and JSON errors for all else. */
export async function createApp<Context extends BaseContext>(options: AppOptions<Context>): Promise<App> {
  const { schema, createContext, checkReadiness, describeRelease, config, logger, httpServer } = options;
  const apollo = createApolloServer<Context>({ schema, publicUrl: config.publicUrl, logger, httpServer });
  await apollo.start();

  const app = express();
  app.disable('x-powered-by');
  app.use(openRequestScope, logRequests(logger));
  app.use(
    helmet({
      // Answers are data; nothing here is to be rendered, framed or run.
      contentSecurityPolicy: {
        useDefaults: false,
        directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
      },
      crossOriginResourcePolicy: { policy: 'cross-origin' },
    }),
  );
  app.use(cors({ origin: '*', methods: ['GET', 'POST'], exposedHeaders: ['X-Request-Id'], maxAge: 86_400 }));
  app.use(forbidStoring);
  app.use(healthRoutes(checkReadiness));
  app.use(releaseRoutes(describeRelease));
  app.all(
    '/graphql',
    allowMethods('GET', 'POST'),
    requireJson,
    express.json({ limit: BODY_LIMIT }),
    expressMiddleware(apollo, { context: async () => createContext(requestInProgress()) }),
  );
  app.use(answerNotFound);
  app.use(answerErrors(logger));
  return { app, stop: () => apollo.stop() };
}

/** A route whose answers may be kept says so itself. */
function forbidStoring(_request: Request, response: Response, next: NextFunction): void {
  response.set('Cache-Control', 'no-store');
  next();
}

/** Forms and plain text are what a foreign page can send without asking first. */
function requireJson(request: Request, _response: Response, next: NextFunction): void {
  // `is` answers null where there is no body.
  if (request.is('application/json') !== false) return next();
  throw new AtlasError(
    'UNSUPPORTED_MEDIA_TYPE',
    'Send the query as JSON, with Content-Type: application/json.',
  );
}

function requestInProgress(): RequestScope {
  const request = currentRequest();
  if (request === undefined) throw new Error('GraphQL runs within a request.');
  return request;
}
