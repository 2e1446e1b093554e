import { tags } from '../catalog/index.ts';
import { normalised } from './rake.ts';
import { numberOf, readTable, textOf } from './tables.ts';
import type { CategoryName } from './usage.ts';

/** A tag's share of its category is its number of slots. */
export const tagSlots = 1000;

const shares = readTable('tags.tsv').map((row) => ({
  tag: textOf(row, 'tag'),
  share: numberOf(row, 'share'),
}));

/** Planted tags of a category, with their shares of its generations. */
export function plantedTags(category: CategoryName): { tag: string; share: number }[] {
  const known = tags();
  const own = shares.filter(({ tag }) => known.get(tag)?.categoryId === category);
  const parts = normalised(own.map(({ share }) => share));
  return own.map(({ tag }, index) => ({ tag, share: parts[index] ?? 0 }));
}

export function tagsOf(category: CategoryName): string[] {
  let before = 0;
  const slots: string[] = [];
  for (const { tag, share } of plantedTags(category)) {
    before += share;
    const end = Math.round(before * tagSlots);
    while (slots.length < end) slots.push(tag);
  }
  return slots;
}
