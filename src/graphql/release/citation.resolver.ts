import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Ctx, FieldResolver, Info, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../context.ts';
import { DayScalar, JsonObjectScalar } from '../shared/scalars.ts';
import { citationBibtex, citationCsl, citationText, type Cited, releaseUrl } from './citation.ts';
import { Citation, type CitationSubject, CitationSubjectEnum } from './citation.type.ts';

const subject = { defaultValue: 'RELEASE', description: 'What is cited.' };
const HASH_SHOWN = 12;

@Resolver(() => Citation)
export class CitationResolver {
  @FieldResolver(() => String, { description: 'A sentence.' })
  async text(
    @Root() citation: Citation,
    @Arg('of', () => CitationSubjectEnum, subject) of: CitationSubject,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string> {
    return citationText(await cited(citation, of, context, info));
  }

  @FieldResolver(() => String, { description: 'A BibTeX entry, for BibLaTeX too.' })
  async bibtex(
    @Root() citation: Citation,
    @Arg('of', () => CitationSubjectEnum, subject) of: CitationSubject,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<string> {
    return citationBibtex(await cited(citation, of, context, info));
  }

  @FieldResolver(() => JsonObjectScalar, {
    description: 'An item of CSL-JSON, as Zotero, pandoc and others read it.',
  })
  async csl(
    @Root() citation: Citation,
    @Arg('of', () => CitationSubjectEnum, subject) of: CitationSubject,
    @Ctx() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Record<string, unknown>> {
    return citationCsl(await cited(citation, of, context, info));
  }

  @FieldResolver(() => DayScalar, {
    nullable: true,
    description:
      'Today in UTC, for the date of access. Null in answers of a permanent address, which may be kept by caches.',
  })
  accessed(@Ctx() { today }: RequestContext): string | null {
    return today;
  }

  @FieldResolver(() => String, { description: 'Address of the release on this server.' })
  url(@Root() { release }: Citation, @Ctx() { services }: RequestContext): string {
    return releaseUrl(release, services.publicUrl);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'Permanent address of this whole query: GET gives the same answer as long as its releases are kept, whatever is published later. Keeps the document, which takes 100 points and one for each 100 bytes the first time, and 1 point when it is known. Null where it is refused: `LIMIT_EXCEEDED`, `PERMALINKS_FULL`, `QUOTA_EXHAUSTED`, or `BAD_ARGUMENT` with fields that answer about who asks.',
  })
  permalink(@Ctx() { permalinks }: RequestContext, @Info() info: GraphQLResolveInfo): Promise<string> {
    return permalinks.of(info);
  }
}

async function cited(
  { release }: Citation,
  of: CitationSubject,
  { services, permalinks, today }: RequestContext,
  info: GraphQLResolveInfo,
): Promise<Cited> {
  const { publisher, publicUrl } = services;
  const dataset = await services.releases.dataset(release.datasetId);
  const common = { release, dataset, publisher, accessed: today };
  if (of === 'RELEASE') return { ...common, url: releaseUrl(release, publicUrl), query: null };
  const url = await permalinks.of(info);
  const hash = new URL(url).pathname.split('/').at(-1) ?? '';
  return { ...common, url, query: { shortHash: hash.slice(0, HASH_SHOWN) } };
}
