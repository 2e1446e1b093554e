import type { GraphQLArgument, GraphQLSchema } from 'graphql';
import { downloadPath, type ReportName } from '../../downloads/address.ts';
import { writeArguments } from './argument-text.ts';
import type { DownloadQuestion } from './download-question.ts';
import { sources } from './sources.ts';

/** Arguments of the field of the API that a download takes. */
export function argumentsOf(schema: GraphQLSchema, report: ReportName): readonly GraphQLArgument[] {
  const args = schema.getQueryType()?.getFields()[report]?.args ?? [];
  return args.filter(({ name }) => !sources[report].without.includes(name));
}

/** The question with its release pinned, as parameters of an address. */
export function downloadParameters(
  schema: GraphQLSchema,
  { report, release, args, extras }: DownloadQuestion,
): [name: string, text: string][] {
  const pinned = { ...args, dataset: null, release };
  return [
    ...writeArguments(argumentsOf(schema, report), pinned),
    ...Object.entries(extras).flatMap(([name, text]): [string, string][] =>
      text === null ? [] : [[name, text]],
    ),
  ];
}

export function downloadUrl(
  schema: GraphQLSchema,
  question: DownloadQuestion,
  extension: string,
  publicUrl: string,
): string {
  return publicUrl + downloadPath(question.report, extension, downloadParameters(schema, question));
}
