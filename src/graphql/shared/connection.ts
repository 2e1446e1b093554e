import { type ClassType, Field, Int, ObjectType } from 'type-graphql';
import { encodeCursor, offsetAfter, pagedList } from '../../measures/cursor.ts';
import { checkPageSize } from '../../measures/usage-request.ts';

/** Entities of one page of a list. */
export const connectionLimits = { pageSize: 500, defaultPageSize: 50 } as const;

@ObjectType({ description: 'Where a page lies in its list.' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether the list goes on behind this page.' })
  declare hasNextPage: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'Give it as `after` to get the next page; null for an empty page.',
  })
  declare endCursor: string | null;
}

export interface ConnectionOf<Node> {
  readonly nodes: readonly Node[];
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** The Relay connection type of an object type. */
export function connectionType<Node extends object>(
  name: string,
  node: () => ClassType<Node>,
): ClassType<ConnectionOf<Node>> {
  @ObjectType(`${name}Edge`, { description: 'An entry of a list, with its place in it.' })
  class Edge {
    @Field(() => String, { description: 'Place of the entry: give it as `after` to continue behind it.' })
    declare cursor: string;

    @Field(() => node(), { description: 'The entry.' })
    declare node: Node;
  }

  @ObjectType(`${name}Connection`, { description: 'A page of a list of one release.' })
  class Connection {
    @Field(() => [node()], { description: 'The entries, without their places.' })
    declare nodes: Node[];

    @Field(() => [Edge], { description: 'The entries with their places.' })
    declare edges: Edge[];

    @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
    declare pageInfo: PageInfo;

    @Field(() => Int, { description: 'Entries of the whole list, after the filter.' })
    declare totalCount: number;
  }
  return Connection;
}

export interface PageArguments {
  first?: number | null;
  after?: string | null;
}

/** Cuts a page out of a list in memory. `args` is all that decides what is in the list and in which order. */
export function pageOf<Node>(
  release: string,
  kind: string,
  args: unknown,
  all: readonly Node[],
  { first, after }: PageArguments,
): ConnectionOf<Node> {
  const size = checkPageSize(first ?? connectionLimits.defaultPageSize, connectionLimits.pageSize);
  const list = pagedList(release, kind, args);
  const offset = offsetAfter(after, list);
  const nodes = all.slice(offset, offset + size);
  const edges = nodes.map((node, index) => ({ node, cursor: encodeCursor(list, offset + index) }));
  return {
    nodes,
    edges,
    pageInfo: { hasNextPage: offset + nodes.length < all.length, endCursor: edges.at(-1)?.cursor ?? null },
    totalCount: all.length,
  };
}
