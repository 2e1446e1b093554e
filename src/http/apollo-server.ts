import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { createErrorFormatter } from './format-error.ts';
import { pointerPage } from './pointer-page.ts';
import { currentRequest } from './request-scope.ts';
import { statusPlugin } from './status-plugin.ts';

export interface ApolloOptions {
  schema: GraphQLSchema;
  publicUrl: string;
  logger: Logger;
  httpServer: Server;
}

/** How long running requests may take to finish once the server stops. */
const DRAIN_MS = 10_000;

/** Apollo Server for a public data API; every setting that Apollo derives from NODE_ENV is stated. */
export function createApolloServer<Context extends BaseContext>({
  schema,
  publicUrl,
  logger,
  httpServer,
}: ApolloOptions): ApolloServer<Context> {
  return new ApolloServer<Context>({
    schema,
    logger,
    introspection: true,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    formatError: createErrorFormatter(logger),
    // Cheapest limit of all: a document of 20,000 aliases costs a second of CPU to validate, this 10 ms.
    // The introspection query has fewer than 200 tokens.
    parseOptions: { maxTokens: 2_000 },
    // Fragments that spread each other grow exponentially within few tokens.
    maxRecursiveSelections: 10_000,
    validationOptions: { maxErrors: 10 },
    executionOptions: { maxCoercionErrors: 10 },
    plugins: [
      statusPlugin(),
      operationNamePlugin(),
      pointerPage(publicUrl),
      ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: DRAIN_MS }),
      // Measured to cost about as much as the rest of a query.
      ApolloServerPluginCacheControlDisabled(),
      // Nothing is sent to anybody, whatever APOLLO_KEY says.
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
}

/** For the request log. */
function operationNamePlugin(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operationName }) {
          const request = currentRequest();
          if (request !== undefined && operationName !== null) request.operationName = operationName;
        },
      };
    },
  };
}
