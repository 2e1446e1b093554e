import type { GraphQLResolveInfo } from 'graphql';
import type { Payer } from '../../access/request-cost.ts';
import type { Releases } from '../../access/visible-releases.ts';
import { AtlasError } from '../../errors.ts';
import type { DocumentStore } from '../../permalinks/document-store.ts';
import { permalinkPath } from '../../permalinks/permalink-address.ts';
import { permalinkLimits, pointsToKeep } from '../../permalinks/permalink-limits.ts';
import { permanentDocument } from '../../permalinks/permanent-document.ts';
import { releasesRead } from './releases-read.ts';

export interface PermalinkServices {
  readonly releases: Releases;
  readonly documents: DocumentStore;
  readonly publicUrl: string;
}

/** Permanent addresses of what one request asks, each kept once however often it is selected. */
export class Permalinks {
  readonly #services: PermalinkServices;
  readonly #payer: Payer;
  /** By the variables' object, which each execution of a document has of its own. */
  readonly #addresses = new WeakMap<object, Promise<string>>();

  constructor(services: PermalinkServices, payer: Payer) {
    this.#services = services;
    this.#payer = payer;
  }

  /** Address of the whole operation that is being answered; keeps its document, and takes points for that. */
  of(info: GraphQLResolveInfo): Promise<string> {
    const known = this.#addresses.get(info.variableValues) ?? this.#keep(info);
    this.#addresses.set(info.variableValues, known);
    return known;
  }

  async #keep(info: GraphQLResolveInfo): Promise<string> {
    const { operation, fragments, variableValues: variables } = info;
    if (operation.operation !== 'query') {
      throw new AtlasError('BAD_ARGUMENT', 'Only queries have a permanent address.');
    }
    const { releases, documents, publicUrl } = this.#services;
    const document = permanentDocument(operation, fragments);
    const read = (await releasesRead(info, releases)).map(({ id }) => id);
    const limit = permalinkLimits.releases;
    if (read.length > limit) {
      throw new AtlasError(
        'LIMIT_EXCEEDED',
        `The query reads ${read.length} data sets; a permanent address names at most ${limit}. Name those you need.`,
        { details: { limit } },
      );
    }
    const path = permalinkPath(document.hash, { releases: read, variables });
    const points = pointsToKeep(Buffer.byteLength(document.text));
    await this.#payer.pay(
      'permanent address',
      points,
      () => documents.keep(document),
      (isNew) => (isNew ? points : 1),
    );
    return publicUrl + path;
  }
}
