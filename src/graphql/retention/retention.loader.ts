import DataLoader from 'dataloader';
import type { GuardedRetention } from '../../access/guarded-retention.ts';
import type { AuthorEntity, ModelEntity } from '../../measures/release.ts';
import type { RetentionQuery } from '../../measures/retention/retention-query.ts';
import type { RetentionAnswer } from '../../measures/retention/retention-service.ts';

/** Retention of many entities of a list in one statement: one loader for each place in the document. */
export class RetentionLoaders {
  readonly #retention: GuardedRetention;
  readonly #loaders = new Map<string, DataLoader<ModelEntity | AuthorEntity, RetentionAnswer, number>>();

  constructor(retention: GuardedRetention) {
    this.#retention = retention;
  }

  /** Retention of one entity, given the query that asks for it without naming any. */
  load(query: RetentionQuery, entity: ModelEntity | AuthorEntity): Promise<RetentionAnswer> {
    const { release, ...rest } = query;
    const place = JSON.stringify([release.key, rest]);
    let loader = this.#loaders.get(place);
    if (loader === undefined) {
      loader = new DataLoader((entities) => this.#loadMany(query, entities), {
        maxBatchSize: Number.POSITIVE_INFINITY,
        cacheKeyFn: ({ key }) => key,
      });
      this.#loaders.set(place, loader);
    }
    return loader.load(entity);
  }

  async #loadMany(
    query: RetentionQuery,
    entities: readonly (ModelEntity | AuthorEntity)[],
  ): Promise<RetentionAnswer[]> {
    const answers = await this.#retention.answer(query, entities.map(subjectOf));
    return entities.map(({ key }) => answers.get(key) ?? { query, cohorts: [], leftOut: 0 });
  }
}

/** An author has no day of release, nor has the whole data set, which is no entity. */
export function subjectOf(entity: ModelEntity | AuthorEntity | null) {
  return { key: entity?.key ?? null, releaseDate: entity?.kind === 'model' ? entity.releaseDate : null };
}
