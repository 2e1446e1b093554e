/** Who is who: models, authors, providers, countries, content labels. The public face of the room. */
import { type Catalog, catalog as built } from './catalog.ts';

export const catalog: Catalog = built;
export { type Catalog, OTHER_MODELS_ID } from './catalog.ts';
export {
  type Continent,
  type ContinentCode,
  continentOf,
  continents,
  countries,
  type Country,
  countryOf,
} from './countries.ts';
export { listPriceOn } from './list-price.ts';
export { modelOf, resolveModel, type ResolvedModel } from './resolve-model.ts';
export { providerOf, resolveProvider, type ResolvedProvider } from './resolve-provider.ts';
export { type Bucket, buckets, type Category, type Tag } from './taxonomy/build-taxonomy.ts';
export {
  bucketOf,
  categories,
  type ResolvedLabel,
  resolveLabel,
  tags,
  taxonomyVersion,
} from './taxonomy/taxonomy.ts';
export type {
  Author,
  CountryCode,
  DatedListPrice,
  IsoDay,
  ListPrice,
  Model,
  ModelSource,
  Origin,
  Provider,
  SizeClass,
} from './types.ts';
export {
  type MissingLabel,
  type UnlabelledName,
  type UnlabelledReport,
  unlabelledReport,
} from './unlabelled-report.ts';
export { catalogVersion } from './version.ts';
