import type { ApolloServerPlugin } from '@apollo/server';
import type { RequestCost } from '../access/request-cost.ts';
import { currentRequest } from './request-scope.ts';

/** What a GraphQL answer says of its cost, in `extensions.cost`. */
export function describeCost(cost: RequestCost) {
  const { remaining, resetsAt } = cost.state;
  return {
    requested: cost.requested,
    actual: cost.actual,
    remaining,
    resetAt: resetsAt.toISOString(),
    why: cost.items.map(({ what, requested, actual }) => `${what}: ${actual} of ${requested}`),
  };
}

/** Adds what an answer cost, which the headers say too. */
export function costPlugin(): ApolloServerPlugin {
  return {
    async requestDidStart() {
      return {
        async willSendResponse({ response }) {
          const { cost, isRepeatable } = currentRequest() ?? {};
          if (isRepeatable === true || cost === undefined || response.body.kind !== 'single') return;
          const result = response.body.singleResult;
          result.extensions = { ...result.extensions, cost: describeCost(cost) };
        },
      };
    },
  };
}
