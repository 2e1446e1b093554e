import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { downloadLimits } from '../../../downloads/download-limits.ts';
import { coveredDistributions } from '../../../downloads/package/answer-tables.ts';
import { longestTable } from '../../../downloads/package/release-rows.ts';
import type { Release as ReleaseRecord } from '../../../measures/release.ts';
import type { RequestContext } from '../../context.ts';
import { Release } from '../../release/release.type.ts';
import { packageUrl } from './package-address.ts';

@Resolver(() => Release)
export class DataPackageResolver {
  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Address of the whole release as a Frictionless Data Package: a zip of CSV tables with their definitions, units, licence and citation. GET, with the key in a header where one is needed; what the data set holds back from you is left out. Null where a table would have more rows than a download may have.',
  })
  dataPackage(@Root() release: ReleaseRecord, @Ctx() { services }: RequestContext): string | null {
    const rows = longestTable(release, coveredDistributions(release).length);
    return rows > downloadLimits.downloadRows ? null : packageUrl(release, services.publicUrl);
  }
}
