/** A value that a filter may have, with its name for people. */
export interface Option {
  readonly value: string;
  readonly name: string;
}

/** Lists of entities by the dimension that they are values of. */
const lists: Readonly<Record<string, string>> = {
  MODEL: 'models',
  AUTHOR: 'authors',
  PROVIDER: 'providers',
  CATEGORY: 'categories',
  TAG: 'categories',
  COUNTRY: 'countries',
  CONTINENT: 'continents',
};

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly tags?: readonly Listed[];
}

/** The most that a list gives at once. */
const most = 500;

/** `SOURCE_GROUP` is the field `sourceGroup` of rows and filters. */
export function fieldOf(dimension: string): string {
  return dimension.toLowerCase().replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase());
}

/** What to ask for the values of a dimension: entities of the release, or the few that are fixed. */
export function optionsQuery(
  dimension: string,
  dataset: string,
  release: string,
): { query: string; variables: Record<string, string> } {
  const list = lists[dimension];
  // Tags are listed with the categories that they make up.
  const fields = dimension === 'TAG' ? 'tags { id name }' : 'id name';
  if (list === undefined) {
    return {
      query: 'query Labels($dataset: ID) { dataset(id: $dataset) { dimensions { name values { name } } } }',
      variables: { dataset },
    };
  }
  return {
    query: `query Values($dataset: ID, $release: ID) { ${list}(dataset: $dataset, release: $release, first: ${most}) { nodes { ${fields} } } }`,
    variables: { dataset, release },
  };
}

export function optionsOf(dimension: string, data: unknown): Option[] {
  if (dimension === 'REASONING') {
    return [
      { value: 'true', name: 'yes' },
      { value: 'false', name: 'no' },
    ];
  }
  const list = lists[dimension];
  if (list !== undefined) {
    const found = data as Record<string, { nodes: Listed[] }> | undefined;
    const nodes = (found?.[list]?.nodes ?? []).flatMap((node) => node.tags ?? [node]);
    return nodes.map(({ id, name }) => ({ value: keyOf(id), name }));
  }
  const labels = data as
    { dataset?: { dimensions: { name: string; values: { name: string }[] | null }[] } } | undefined;
  const values = labels?.dataset?.dimensions.find(({ name }) => name === dimension)?.values ?? [];
  return values.map(({ name }) => ({ value: name, name: name.replaceAll('_', ' ').toLowerCase() }));
}

/** `Model:openai/gpt-4o` as an address shows it: filters take the short form too. */
function keyOf(id: string): string {
  return id.slice(id.indexOf(':') + 1);
}
