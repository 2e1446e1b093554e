import { Ctx, Query, Resolver } from 'type-graphql';
import type { RequestCost } from '../../access/request-cost.ts';
import type { RequestContext } from '../context.ts';
import type { ApiKey } from '../keys/key.type.ts';
import type { Quota } from './viewer.type.ts';
import { Viewer } from './viewer.type.ts';

@Resolver()
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who asks: key, scopes, data sets, and what is left of the quota.' })
  async viewer(@Ctx() { viewer, cost, services }: RequestContext): Promise<Viewer> {
    const { key } = viewer;
    const datasets = await services.releases.datasets();
    return {
      // Its state, usage and audit have resolvers of their own.
      key: key as unknown as ApiKey | null,
      scopes: [...(key?.scopes ?? [])],
      datasets: datasets.map(({ id }) => id),
      quota: cost === null ? null : quotaOf(cost),
    };
  }
}

function quotaOf({ subject, state }: RequestCost): Quota {
  const { quotaClass, points, windowSeconds } = subject;
  const { remaining, resetsAt } = state;
  return { quotaClass, points, windowSeconds, used: points - remaining, remaining, resetsAt };
}
