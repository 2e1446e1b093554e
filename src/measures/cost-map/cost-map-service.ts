import { AtlasError } from '../../errors.ts';
import { usageLimits } from '../limits.ts';
import type { ReleaseCatalog } from '../release.ts';
import type { UsageQuery } from '../query.ts';
import type { PlannedResult } from '../usage-service.ts';
import { toCostMap, type CostMap } from './cost-map.ts';
import { costMapQuery, type CostMapRequest } from './cost-request.ts';

export interface AnsweredCostMap {
  readonly map: CostMap;
  readonly answer: PlannedResult;
}

/**
 * Cost maps of one request. Those of the same rows, such as all points that `nodes` asks for, or maps that differ in
 * weighting only, are answered by one statement.
 */
export class CostMaps {
  readonly #answerUsage: (query: UsageQuery) => Promise<PlannedResult>;
  readonly #answers = new Map<string, Promise<PlannedResult>>();

  constructor(answerUsage: (query: UsageQuery) => Promise<PlannedResult>) {
    this.#answerUsage = answerUsage;
  }

  async load(catalog: ReleaseCatalog, request: CostMapRequest): Promise<AnsweredCostMap> {
    const { release, ...rest } = costMapQuery(catalog, request);
    const key = JSON.stringify([release.key, rest]);
    let answering = this.#answers.get(key);
    if (answering === undefined) {
      answering = this.#answerUsage({ release, ...rest });
      this.#answers.set(key, answering);
    }
    const answer = await answering;
    if (answer.totalRows > usageLimits.pageRows) {
      throw new AtlasError(
        'LIMIT_EXCEEDED',
        `The map has ${answer.totalRows} subjects; at most ${usageLimits.pageRows} are allowed.`,
      );
    }
    return { answer, map: toCostMap(answer.rows, request, catalog) };
  }
}
