import { ArgsType, Field, ID, Int } from 'type-graphql';
import { connectionLimits, type PageArguments } from './connection.ts';

/** Which release a question is about. */
@ArgsType()
export class ReleaseArgs {
  @Field(() => ID, { nullable: true, description: "Data set. None: the server's default." })
  declare dataset?: string | null;

  @Field(() => ID, { nullable: true, description: 'Release. None: the latest of the data set.' })
  declare release?: string | null;
}

/** A page of a list of one release. */
@ArgsType()
export class ListArgs extends ReleaseArgs implements PageArguments {
  @Field(() => Int, {
    nullable: true,
    description: `Entries of this page, 1 to ${connectionLimits.pageSize}. None: ${connectionLimits.defaultPageSize}.`,
  })
  declare first?: number | null;

  @Field(() => String, { nullable: true, description: 'Cursor that the page continues behind.' })
  declare after?: string | null;
}
