import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { AtlasError } from '../../errors.ts';
import { parseGlobalId } from '../../measures/entity-id.ts';
import type { RequestContext } from '../context.ts';
import { findCostPoint, isCostPointId } from '../cost/cost.node.ts';
import { findCohort } from '../retention/cohort-node.ts';
import { Node } from './node.type.ts';

const nodesLimit = 100;

@Resolver()
export class NodeResolver {
  @Query(() => Node, {
    nullable: true,
    description:
      'The object with this id, as the latest release of the default data set knows it, or of the first data set that does; null if there is none.',
  })
  node(
    @Arg('id', () => ID, { description: 'Id of any object.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<object | null> {
    return findNode(context, id);
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: `The objects with these ids, in their order, null where there is none. At most ${nodesLimit} ids.`,
  })
  nodes(
    @Arg('ids', () => [ID], { description: 'Ids of any objects.' }) ids: string[],
    @Ctx() context: RequestContext,
  ): Promise<(object | null)[]> {
    if (ids.length > nodesLimit) {
      throw new AtlasError('LIMIT_EXCEEDED', `\`nodes\` takes at most ${nodesLimit} ids, not ${ids.length}.`);
    }
    return Promise.all(ids.map((id) => findNode(context, id)));
  }
}

/** Cost points and cohorts say so, data sets have plain names, releases an @, most entities the kind; else a model. */
async function findNode(context: RequestContext, id: string): Promise<object | null> {
  if (isCostPointId(id)) return findCostPoint(context, id);
  if (id.startsWith('cohort:')) return findCohort(context, id);
  const { releases } = context.services;
  const dataset = (await releases.datasets()).find((each) => each.id === id);
  if (dataset !== undefined) return dataset;
  if (id.includes('@')) {
    const release = await releases.findRelease(id);
    if (release !== null) return release;
  }
  const { entity, name } = parseGlobalId(id);
  const { id: preferred } = await releases.dataset();
  const others = (await releases.datasets()).filter(({ id: other }) => other !== preferred);
  for (const dataset of [preferred, ...others.map(({ id: other }) => other)]) {
    const catalog = await releases.catalog(await releases.release({ dataset }));
    const found = catalog[entity].withId(name);
    if (found !== undefined) return found;
  }
  return null;
}
