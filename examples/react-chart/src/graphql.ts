import { initGraphQLTada } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

/**
 * Gives each document the types of its variables and its answer. They follow from the schema, by `npm run types`;
 * what the schema's own scalars are in JSON is said here.
 */
export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: {
    Date: string;
    DateTime: string;
    Decimal: string;
    SafeInt: number;
  };
}>();
