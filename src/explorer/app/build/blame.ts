import type { Problem } from '../../shared/problem.ts';

/** The parts of the form that a refusal can be about. */
export type Part = 'measures' | 'groupBy' | 'grain' | 'range' | 'where' | 'top' | 'shareOf' | 'compareTo';

/** Words of the server's sentences, the more special ones first. */
const signs: readonly (readonly [RegExp, Part])[] = [
  [/`(from|to)`|range is empty|of the calendar/, 'range'],
  [/`top(\.\w+)?`|\btop ranks/i, 'top'],
  [/`shareOf`/, 'shareOf'],
  [/`compareTo`/, 'compareTo'],
  [/`groupBy`/, 'groupBy'],
  [/`where`|`\w+\.(in|notIn|eq)`|The filter|knows no|takes codes/, 'where'],
  [/periods; at most/, 'grain'],
];

const byCode: Readonly<Record<string, Part>> = {
  DIMENSION_NOT_COVERED: 'groupBy',
  NO_ROLLUP: 'groupBy',
  NOT_ADDITIVE: 'measures',
  SCOPE_MISSING: 'measures',
};

/** Where a refusal is best shown; null where it is about none of them alone. */
export function partOf({ code, message }: Problem): Part | null {
  // The message about a top that would help is not about the top.
  if (code === 'LIMIT_EXCEEDED' && message.startsWith('The answer could have')) return null;
  return signs.find(([sign]) => sign.test(message))?.[1] ?? byCode[code] ?? null;
}
