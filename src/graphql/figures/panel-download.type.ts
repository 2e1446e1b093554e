import { Field, ObjectType } from 'type-graphql';
import type { FormatName } from '../../downloads/formats.ts';
import { DownloadFormat } from '../download/download.enum.ts';

@ObjectType({ description: 'Address of a report of a figure as a file.' })
export class PanelDownload {
  @Field(() => String, { description: 'The field of the document that the report is of.' })
  declare report: string;

  @Field(() => DownloadFormat, { description: 'Format of the file.' })
  declare format: FormatName;

  @Field(() => String, { description: 'The address, with the release that answered.' })
  declare url: string;
}
