import type { Server } from 'node:http';
import type { BaseContext } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { GraphQLSchema } from 'graphql';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { AtlasError } from '../errors.ts';
import type { AccessControl } from '../access/access-control.ts';
import { controlAccess, settleWithHead } from './access.ts';
import { requestLimits } from '../graphql/shared/request-limits.ts';
import { createApolloServer } from './apollo-server.ts';
import { chartRoutes, type DescribeChart } from './chart-file.ts';
import { allowOrigins, anyOrigin, type CrossOrigin } from './cross-origin.ts';
import { allowMethods, answerErrors, answerNotFound } from './error-answers.ts';
import type { DownloadLimits } from '../downloads/download-limits.ts';
import { downloadRoutes, type OpenDownload } from './downloads.ts';
import { explorerRoutes } from './explorer-pages.ts';
import { type Permalinks, permalinkRoutes } from './permalinks.ts';
import { feedRoutes, type ReadFeed } from './feeds.ts';
import { type DrawFigure, figurePictureRoutes } from './figure-pictures.ts';
import { healthRoutes } from './health.ts';
import { limitAnswer } from './limit-answer.ts';
import type { Readiness } from './readiness.ts';
import { releaseRoutes, type DescribeRelease } from './release-page.ts';
import { logRequests } from './request-log.ts';
import { currentRequest, openRequestScope, type RequestScope } from './request-scope.ts';
import type { TrustedDocuments } from './trusted-documents.ts';

export interface AppOptions<Context extends BaseContext> {
  schema: GraphQLSchema;
  /** What resolvers share, made anew for each request. */
  createContext: (request: RequestScope) => Context;
  checkReadiness: () => Promise<Readiness>;
  describeRelease: DescribeRelease;
  /** Unset: there are no pictures, as in most tests. */
  drawFigure?: DrawFigure | undefined;
  /** Unset: there are no figures to give as files. */
  describeChart?: DescribeChart | undefined;
  /** Who may ask, and how much. Unset: anybody, without end, as tests and benchmarks do. */
  access?: AccessControl;
  /** Unset: there are no feeds. */
  readFeed?: ReadFeed;
  /** Unset: no query has a permanent address. */
  permalinks?: Permalinks<Context>;
  config: {
    readonly publicUrl: string;
    readonly trustProxy?: number | string[] | false;
    readonly crossOrigin?: CrossOrigin;
  };
  /** Unset: there is nothing to download. */
  openDownload?: OpenDownload | undefined;
  /** Unset: those of the API. */
  downloadLimits?: DownloadLimits | undefined;
  /** Documents that the operator registered. */
  trustedDocuments?: TrustedDocuments | undefined;
  logger: Logger;
  /** Drained when the app stops. */
  httpServer: Server;
}

export interface App {
  app: Express;
  /** Lets running requests finish, then ends the HTTP server and Apollo Server. */
  stop(): Promise<void>;
}

/** The HTTP side of the program, without listening: GraphQL, health, and JSON errors for all else. */
export async function createApp<Context extends BaseContext>(options: AppOptions<Context>): Promise<App> {
  const {
    createContext,
    checkReadiness,
    describeRelease,
    describeChart,
    openDownload,
    access,
    config,
    logger,
  } = options;
  const apollo = createApolloServer<Context>({ ...options, publicUrl: config.publicUrl });
  await apollo.start();

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy ?? false);
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
  app.use(allowOrigins(config.crossOrigin ?? anyOrigin));
  app.use(forbidStoring);
  app.use(healthRoutes(checkReadiness));
  if (options.drawFigure !== undefined) app.use(figurePictureRoutes(options.drawFigure));
  app.use(explorerRoutes());
  if (access !== undefined) {
    settleWithHead(app);
    app.use(controlAccess(access));
  }
  app.use(releaseRoutes((id) => describeRelease(id, requestInProgress())));
  if (options.readFeed !== undefined) app.use(feedRoutes(options.readFeed));
  if (options.permalinks !== undefined) app.use(permalinkRoutes(apollo, options.permalinks));
  if (describeChart !== undefined) app.use(chartRoutes((asked) => describeChart(asked, requestInProgress())));
  if (openDownload !== undefined) {
    app.use(downloadRoutes(openDownload, requestInProgress, logger, options.downloadLimits));
  }
  app.all(
    '/graphql',
    allowMethods('GET', 'POST'),
    requireJson,
    limitAnswer(requestLimits.answerBytes),
    express.json({ limit: requestLimits.bodyBytes }),
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

/** Forms and plain text are what a foreign page can send without asking first; so is any type that is none. */
function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const type = request.get('content-type');
  // `is` answers null where there is no body.
  const isJson = type === undefined ? request.is('json') === null : /^application\/json\s*(;|$)/i.test(type);
  if (isJson && isUtf8(type ?? '')) return next();
  throw new AtlasError(
    'UNSUPPORTED_MEDIA_TYPE',
    'Send the query as JSON in UTF-8, with Content-Type: application/json.',
  );
}

/** Others, such as UTF-7, say in bytes that pass for harmless what they do not mean. */
function isUtf8(contentType: string): boolean {
  const charsets = [...contentType.matchAll(/charset\s*=\s*"?([^\s;"]*)/gi)];
  return charsets.every(([, charset]) => /^utf-?8$/i.test(charset ?? ''));
}

function requestInProgress(): RequestScope {
  const request = currentRequest();
  if (request === undefined) throw new Error('GraphQL runs within a request.');
  return request;
}
