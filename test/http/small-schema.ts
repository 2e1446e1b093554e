import {
  GraphQLEnumType,
  GraphQLError,
  type GraphQLFieldConfig,
  GraphQLInt,
  GraphQLNonNull,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';
import pg from 'pg';
import { AtlasError, type ErrorCode } from '../../src/errors.ts';

export interface SmallContext {
  requestId: string;
  signal: AbortSignal;
  /** What the resolver `wait` has seen. */
  seen: (event: 'started' | 'aborted' | 'finished') => void;
}

type Field = GraphQLFieldConfig<unknown, SmallContext>;

const throwing = (make: () => Error): Field => ({
  type: GraphQLString,
  resolve: () => {
    throw make();
  },
});

const driverError = () =>
  Object.assign(new pg.DatabaseError('canceling statement: SELECT secret FROM users', 0, 'error'), {
    code: '57014',
  });

/** Fields that fail in each of the ways a resolver can. */
const failures: Record<string, Field> = {
  failUnexpectedly: throwing(() => new TypeError('secret host 10.1.2.3 is undefined')),
  failInGraphQL: throwing(() => new GraphQLError('secret, without a code')),
  failUnreachable: throwing(
    () => new AtlasError('DATABASE_UNAVAILABLE', 'PostgreSQL at secret.example:5432 does not answer.'),
  ),
  failInDriver: throwing(driverError),
  failInPrisma: throwing(() =>
    Object.assign(new Error('Raw query failed: secret'), {
      code: 'P2010',
      meta: { driverAdapterError: { cause: { originalCode: '57014' } } },
    }),
  ),
  failAsBadUserInput: throwing(
    () => new GraphQLError('x is odd', { extensions: { code: 'BAD_USER_INPUT' } }),
  ),
  unwritable: { type: GraphQLInt, resolve: () => 'secret, not a number' },
  atlasError: {
    type: GraphQLString,
    args: { code: { type: new GraphQLNonNull(GraphQLString) } },
    resolve: (_source, { code }) => {
      throw new AtlasError(code as ErrorCode, `about ${code}`, { details: { limit: 7 } });
    },
  },
};

const node: GraphQLObjectType<unknown, SmallContext> = new GraphQLObjectType({
  name: 'Node',
  fields: () => ({ child: { type: node, resolve: () => ({}) }, id: { type: GraphQLInt, resolve: () => 1 } }),
});

const query = new GraphQLObjectType<unknown, SmallContext>({
  name: 'Query',
  fields: {
    hello: { type: GraphQLString, resolve: () => 'world' },
    requestId: { type: GraphQLString, resolve: (_source, _arguments, { requestId }) => requestId },
    double: {
      type: GraphQLInt,
      args: { n: { type: new GraphQLNonNull(GraphQLInt), defaultValue: 1 } },
      resolve: (_source, { n }: { n: number }) => 2 * n,
    },
    color: { type: new GraphQLEnumType({ name: 'Color', values: { RED: {} } }), resolve: () => 'RED' },
    node: { type: node, resolve: () => ({}) },
    required: {
      type: new GraphQLNonNull(GraphQLString),
      args: failures.atlasError!.args!,
      resolve: failures.atlasError!.resolve!,
    },
    text: {
      type: GraphQLString,
      args: { length: { type: new GraphQLNonNull(GraphQLInt) } },
      resolve: (_source, { length }: { length: number }) => 'x'.repeat(length),
    },
    wait: {
      type: GraphQLString,
      args: { ms: { type: new GraphQLNonNull(GraphQLInt) } },
      resolve: (_source, { ms }: { ms: number }, { signal, seen }) =>
        new Promise((resolve, reject) => {
          seen('started');
          const timer = setTimeout(() => {
            seen('finished');
            resolve('waited');
          }, ms);
          signal.addEventListener('abort', () => {
            clearTimeout(timer);
            seen('aborted');
            reject(signal.reason);
          });
        }),
    },
    ...failures,
  },
});

const mutation = new GraphQLObjectType<unknown, SmallContext>({
  name: 'Mutation',
  fields: { touch: { type: GraphQLString, resolve: () => 'touched' } },
});

/** A schema small enough to know by heart, for what does not depend on the real one. */
export const smallSchema = new GraphQLSchema({ query, mutation });
