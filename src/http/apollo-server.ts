import type { Server } from 'node:http';
import { ApolloServer, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { ApolloServerPluginDrainHttpServer } from '@apollo/server/plugin/drainHttpServer';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import { costPlugin } from './cost-plugin.ts';
import { requestLimits } from '../graphql/shared/request-limits.ts';
import { documentLimitsRule } from './document-limits.ts';
import { createErrorFormatter } from './format-error.ts';
import { knownDocuments, trustedDocumentsPlugin } from './known-documents.ts';
import { pointerPage } from './pointer-page.ts';
import { currentRequest } from './request-scope.ts';
import { variablesDepthPlugin } from './variables-depth.ts';
import type { TrustedDocuments } from './trusted-documents.ts';
import { statusPlugin } from './status-plugin.ts';

export interface ApolloOptions {
  schema: GraphQLSchema;
  publicUrl: string;
  logger: Logger;
  httpServer: Server;
  trustedDocuments?: TrustedDocuments | undefined;
}

/** How long running requests may take to finish once the server stops. */
const DRAIN_MS = 10_000;

/** Apollo Server for a public data API; every setting that Apollo derives from NODE_ENV is stated. */
export function createApolloServer<Context extends BaseContext>({
  schema,
  publicUrl,
  logger,
  httpServer,
  trustedDocuments,
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
    parseOptions: { maxTokens: requestLimits.queryTokens },
    validationRules: [documentLimitsRule],
    validationOptions: { maxErrors: 10 },
    executionOptions: { maxCoercionErrors: 10 },
    persistedQueries: knownDocuments(trustedDocuments),
    plugins: [
      statusPlugin(),
      costPlugin(),
      operationNamePlugin(),
      variablesDepthPlugin(),
      rootTypePlugin(),
      ...(trustedDocuments?.mode === 'only' ? [trustedDocumentsPlugin(trustedDocuments)] : []),
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

/** Of a kind of operation that the schema does not have, graphql-js learns only after it began to answer. */
function rootTypePlugin(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ schema, operation }) {
          // Without one the name is wrong, which is answered as such.
          const kind = operation?.operation;
          if (kind === undefined || schema.getRootType(kind)) return;
          throw new GraphQLError(`This server has no ${kind}s.`, {
            extensions: { code: 'OPERATION_RESOLUTION_FAILURE', http: { status: 400 } },
          });
        },
      };
    },
  };
}
