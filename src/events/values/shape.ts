/**
 * A maker of objects with these keys, all null. Adding more than a dozen computed keys to an empty object turns
 * it into a hash table, several times slower to fill and to read; copies of a parsed object stay records.
 */
export function shapeOf<Key extends string>(keys: readonly Key[]): () => Record<Key, unknown> {
  const parsed: unknown = JSON.parse(`{${keys.map((key) => `${JSON.stringify(key)}:null`).join(',')}}`);
  const shape = parsed as Record<Key, unknown>;
  return () => ({ ...shape });
}
