import type { PrismaClient } from '../database/generated/client.ts';
import { EntitySet } from './release.ts';
import type { AuthorEntity, ModelEntity, ProviderEntity, Release, ReleaseCatalog } from './release.ts';

/** Reads the catalogue of a release: three statements, whatever its size. */
export async function readReleaseCatalog(prisma: PrismaClient, release: Release): Promise<ReleaseCatalog> {
  const ofRelease = { where: { releaseKey: release.key }, orderBy: { key: 'asc' as const } };
  const models = await prisma.model.findMany(ofRelease);
  const authors = await prisma.author.findMany(ofRelease);
  const providers = await prisma.provider.findMany(ofRelease);
  const catalog: Mutable<ReleaseCatalog> = {
    release,
    models: new EntitySet<ModelEntity>([]),
    authors: new EntitySet<AuthorEntity>([]),
    providers: new EntitySet<ProviderEntity>([]),
  };
  catalog.models = new EntitySet(models.map((row) => toModel(row, catalog)));
  catalog.authors = new EntitySet(authors.map((row) => toAuthor(row, catalog)));
  catalog.providers = new EntitySet(providers.map((row) => toProvider(row, catalog)));
  return catalog;
}

/** Entities and their catalogue point at each other, so it is filled after it is made. */
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type ModelRow = Awaited<ReturnType<PrismaClient['model']['findMany']>>[number];
type AuthorRow = Awaited<ReturnType<PrismaClient['author']['findMany']>>[number];
type ProviderRow = Awaited<ReturnType<PrismaClient['provider']['findMany']>>[number];

function toModel(row: ModelRow, catalog: ReleaseCatalog): ModelEntity {
  const { releaseKey, sizeClass, ...model } = row;
  return {
    ...model,
    kind: 'model',
    catalog,
    size: sizeClass,
    releaseDate: toDay(row.releaseDate),
    inputPriceUsd: row.inputPriceUsd?.toFixed() ?? null,
    outputPriceUsd: row.outputPriceUsd?.toFixed() ?? null,
    cachedInputPriceUsd: row.cachedInputPriceUsd?.toFixed() ?? null,
    priceAsOf: toDay(row.priceAsOf),
    totalTokens: toNumber(row.totalTokens),
  };
}

function toAuthor({ releaseKey, ...author }: AuthorRow, catalog: ReleaseCatalog): AuthorEntity {
  return { ...author, kind: 'author', catalog, totalTokens: toNumber(author.totalTokens) };
}

function toProvider({ releaseKey, ...provider }: ProviderRow, catalog: ReleaseCatalog): ProviderEntity {
  return { ...provider, kind: 'provider', catalog, totalTokens: toNumber(provider.totalTokens) };
}

function toDay(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null;
}

/** Token sums stay far below 2⁵³. */
function toNumber(count: bigint | null): number | null {
  return count === null ? null : Number(count);
}
