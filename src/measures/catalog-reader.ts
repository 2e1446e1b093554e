import { continentNames } from '../catalog/continents.ts';
import type { PrismaClient } from '../database/generated/client.ts';
import { EntitySet } from './release.ts';
import type { ModelEntity, Release, ReleaseCatalog } from './release.ts';

/** Reads the catalogue of a release: one statement a kind, whatever its size. */
export async function readReleaseCatalog(prisma: PrismaClient, release: Release): Promise<ReleaseCatalog> {
  const where = { releaseKey: release.key };
  const byKey = { where, orderBy: { key: 'asc' as const } };
  const models = await prisma.model.findMany(byKey);
  const authors = await prisma.author.findMany(byKey);
  const providers = await prisma.provider.findMany(byKey);
  const categories = await prisma.category.findMany(byKey);
  const tags = await prisma.tag.findMany(byKey);
  const countries = await prisma.country.findMany({ where, orderBy: { code: 'asc' } });

  const catalog = {} as { -readonly [Kind in keyof ReleaseCatalog]: ReleaseCatalog[Kind] };
  const continents = [...new Set(countries.flatMap(({ continent }) => continent ?? []))].sort();
  catalog.release = release;
  catalog.model = new EntitySet(models.map((row) => toModel(row, catalog)));
  catalog.author = new EntitySet(
    authors.map(({ totalTokens, ...row }) => ({
      ...row,
      totalTokens: toNumber(totalTokens),
      kind: 'author',
      catalog,
    })),
  );
  catalog.provider = new EntitySet(
    providers.map(({ totalTokens, ...row }) => ({
      ...row,
      totalTokens: toNumber(totalTokens),
      kind: 'provider',
      catalog,
    })),
  );
  catalog.category = new EntitySet(categories.map((row) => ({ ...row, kind: 'category', catalog })));
  catalog.tag = new EntitySet(tags.map((row) => ({ ...row, kind: 'tag', catalog })));
  catalog.country = new EntitySet(
    countries.map(({ code, name, continent }) => ({
      key: code,
      id: code,
      name,
      continent,
      kind: 'country',
      catalog,
    })),
  );
  catalog.continent = new EntitySet(
    continents.map((code) => ({
      key: code,
      id: code,
      name: continentNames[code] ?? code,
      kind: 'continent',
      catalog,
    })),
  );
  return catalog;
}

type ModelRow = Awaited<ReturnType<PrismaClient['model']['findMany']>>[number];

function toModel({ sizeClass, ...row }: ModelRow, catalog: ReleaseCatalog): ModelEntity {
  return {
    ...row,
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

function toDay(date: Date | null): string | null {
  return date?.toISOString().slice(0, 10) ?? null;
}

/** Token sums stay far below 2⁵³. */
function toNumber(count: bigint | null): number | null {
  return count === null ? null : Number(count);
}
