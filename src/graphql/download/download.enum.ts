import { type FormatName, type Format, formats } from '../../downloads/formats.ts';
import { enumOf } from '../shared/enums.ts';

export const DownloadFormat = enumOf<FormatName>(
  'DownloadFormat',
  'Format of a download.',
  Object.entries<Format>(formats).map(([name, { description }]) => ({
    name: name as FormatName,
    description,
  })),
);
