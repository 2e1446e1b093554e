import type { GenerationRow, LabelRow } from '../../src/events/event-row.ts';
import { digest, generation, labelRow } from '../engine/event-rows.ts';

/**
 * Measures that tell which generations a sum is of: each generation has a power of two in one of them and nothing in
 * the others, so that sums are sets.
 */
export const words = ['promptTokens', 'reasoningTokens', 'cachedTokens'] as const;
/** Bits of a word: few enough that an estimate from a sample, which is divided by its rate, still tells them. */
const bitsOfWord = 48;
export const size = words.length * bitsOfWord;

export const bit = (index: number): bigint => 1n << BigInt(index);

/** A row that selects `words`, as the API gives it. */
export type Sums = Readonly<Record<(typeof words)[number], number | null>>;

/** The generations that a row is the sum of; `rate` of its sample, where it is an estimate. */
export function membersOf(row: Sums, rate = 1): bigint {
  return words.reduce((members, word, place) => {
    const sum = BigInt(Math.round((row[word] ?? 0) * rate));
    return members | (sum << BigInt(place * bitsOfWord));
  }, 0n);
}

// Days of two weeks, by whichever day they begin on, and of two months; on the last are too few users to publish it.
const days = ['2024-02-27', '2024-02-29', '2024-03-01', '2024-03-05'];
export const dayOfFew = '2024-03-03';

// Of each kind some that many use, and one of few.
const models = ['openai/gpt-4o', 'openai/gpt-4o', 'deepseek/deepseek-r1', 'openai/o1'];
const providers = ['OpenAI', 'OpenAI', 'DeepInfra', 'Together', null];
const languages = ['en', 'en', 'zh', null];
const ofFew = { model: 'nobody/knows', provider: 'Backyard', language: 'fr' };
const paths = [
  '/Computers & Electronics/Programming/Development Tools',
  '/Computers & Electronics/Programming/Java (Programming Language)',
  '/Games/Roleplaying Games',
  '/Sports/Team Sports/Soccer',
];
const pathOfFew = '/Law & Government/Legal';

export interface World {
  readonly generations: readonly GenerationRow[];
  /** Of about half of them, one of each. */
  readonly labels: readonly LabelRow[];
}

/** A user's account has one country, or none that is known. */
function countryOf(user: number): string | null {
  if (user < 2) return 'AD';
  if (user === 17) return null;
  if (user === 16) return 'FR';
  return user % 3 === 0 ? 'US' : 'DE';
}

/** Eighteen users, most with a taste of their own, three of whom have what is theirs alone. */
export function worldOf(seed: number): World {
  const number = numbersFrom(seed);
  const pick = <Value>(values: readonly Value[]): Value => values[number(values.length)] as Value;
  const labels: LabelRow[] = [];
  const generations = Array.from({ length: size }, (_, index) => {
    const user = number(18);
    const isOfFew = user < 3 && number(3) === 0;
    const isOfTaste = number(3) > 0;
    const one = <Value>(values: readonly Value[]): Value =>
      isOfTaste ? (values[user % values.length] as Value) : pick(values);
    const word = Math.floor(index / bitsOfWord);
    const value = 2 ** (index % bitsOfWord);
    const id = `world ${seed} ${index}`;
    if (number(2) === 0) labels.push(labelRow(index, id, isOfFew ? pathOfFew : one(paths)));
    return generation(index, id, {
      createdAt: `${user < 3 && number(6) === 0 ? dayOfFew : pick(days)} 12:00:00.000`,
      user: number(20) === 0 ? null : digest(`user ${user}`),
      model: isOfFew && number(2) === 0 ? ofFew.model : one(models),
      provider: isOfFew && number(2) === 0 ? ofFew.provider : one(providers),
      country: countryOf(user),
      language: isOfFew && number(2) === 0 ? ofFew.language : one(languages),
      promptTokens: word === 0 ? value : 0,
      completionTokens: 0,
      reasoningTokens: word === 1 ? value : 0,
      cachedTokens: word === 2 ? value : 0,
    });
  });
  return { generations, labels };
}

/** Small numbers that look random and are the same in every run. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
}

/** Counts the distinct users of sets of generations, up to `enough` of them. */
export function userCounter(generations: readonly GenerationRow[], enough: number) {
  const masks = new Map<string, bigint>();
  generations.forEach(({ user }, index) => {
    if (user !== null) masks.set(user, (masks.get(user) ?? 0n) | bit(index));
  });
  const known = new Map<bigint, number>();
  return (members: bigint): number => {
    let count = known.get(members);
    if (count !== undefined) return count;
    count = 0;
    for (const mask of masks.values()) {
      if ((members & mask) !== 0n && (count += 1) >= enough) break;
    }
    known.set(members, count);
    return count;
  };
}
