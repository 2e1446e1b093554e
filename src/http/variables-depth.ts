import type { ApolloServerPlugin } from '@apollo/server';
import { AtlasError } from '../errors.ts';
import { requestLimits } from '../graphql/shared/request-limits.ts';

/**
 * Refuses variables that nest deeper than any input of the schema can: what reads them walks them by
 * recursion, and 100 kB hold enough brackets to exhaust the stack.
 */
export function variablesDepthPlugin(): ApolloServerPlugin {
  const limit = requestLimits.variablesDepth;
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ request: { variables } }) {
          if (isWithinDepth(variables, limit)) return;
          throw new AtlasError(
            'VARIABLES_TOO_DEEP',
            `The variables have more than ${limit} lists and objects inside each other.`,
            { details: { limit } },
          );
        },
      };
    },
  };
}

/** Goes level by level, so that depth costs no stack. */
function isWithinDepth(value: unknown, limit: number): boolean {
  let level = [value].filter(isNested);
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return false;
    level = level.flatMap((each) => Object.values(each)).filter(isNested);
  }
  return true;
}

function isNested(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
