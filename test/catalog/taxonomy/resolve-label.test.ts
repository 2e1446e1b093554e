import fc from 'fast-check';
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { buckets } from '../../../src/catalog/taxonomy/build-taxonomy.ts';
import {
  bucketOf,
  categories,
  resolveLabel,
  tags,
  taxonomyVersion,
} from '../../../src/catalog/taxonomy/taxonomy.ts';

const table = await readFile(new URL('../../../src/catalog/taxonomy/paths.tsv', import.meta.url), 'utf8');
const rows = table
  .split('\n')
  .filter((line) => line.startsWith('/'))
  .map((line) => line.split('\t') as [path: string, tag: string, bucket: string]);
const paths = rows.map(([path]) => path);

/** The rule in other words: of all rows that the path begins with, the longest one. */
function longestPrefix(path: string) {
  const [, tag] = rows
    .filter(([prefix]) => `${path}/`.startsWith(`${prefix}/`))
    .sort(([a], [b]) => b.length - a.length)[0] ?? [undefined, '-'];
  return tag === '-' ? null : { tagId: tag, categoryId: tags().get(tag)?.categoryId };
}

describe('the tables', () => {
  it('have the twelve categories of the charts', () => {
    expect([...categories().keys()].sort()).toEqual(
      [
        'programming, roleplay, technology, science, translation, finance, academia, health, legal, marketing',
        'trivia, seo',
      ]
        .join(', ')
        .split(', ')
        .sort(),
    );
  });

  it('use every tag and every bucket, and give each category a tag', () => {
    const used = new Set(rows.map(([, tag]) => tag));
    expect([...tags().keys()].filter((tag) => !used.has(tag))).toEqual([]);
    expect(new Set(rows.map(([, , bucket]) => bucket))).toEqual(new Set(buckets));
    expect(new Set([...tags().values()].map(({ categoryId }) => categoryId))).toEqual(
      new Set(categories().keys()),
    );
  });

  it('say something of every top-level category of the classifier', () => {
    const top = `Adult; Arts & Entertainment; Autos & Vehicles; Beauty & Fitness; Books & Literature;
      Business & Industrial; Computers & Electronics; Finance; Food & Drink; Games; Health; Hobbies & Leisure;
      Home & Garden; Internet & Telecom; Jobs & Education; Law & Government; News; Online Communities;
      People & Society; Pets & Animals; Real Estate; Reference; Science; Sensitive Subjects; Shopping; Sports;
      Travel; Travel & Transportation`.split(/;\s+/);
    const named = new Set(paths.map((path) => path.split('/')[1]));
    expect([...named].sort()).toEqual(top.sort());
  });

  it('have a version that names the declared one and the content', () => {
    expect(taxonomyVersion()).toMatch(/^1\+[0-9a-f]{12}$/);
  });
});

describe('resolveLabel', () => {
  it.each([
    ['/Computers & Electronics/Programming/Other', 'programming-general', 'programming'],
    ['/Computers & Electronics/Programming/Development Tools', 'development-tools', 'programming'],
    ['/Games/Roleplaying Games', 'roleplaying-games', 'roleplay'],
    ['/Books & Literature/Writers Resources', 'writers-resources', 'roleplay'],
    ['/Adult', 'adult', 'roleplay'],
    ['/Science/Computer Science/Machine Learning & Artificial Intelligence', 'machine-learning', 'science'],
    [
      '/Computers & Electronics/Software/Intelligent Personal Assistants',
      'personal-assistants',
      'technology',
    ],
    ['/Reference/Language Resources/Foreign Language Resources', 'foreign-language-resources', 'translation'],
    ['/Health/Health Foundations & Medical Research', 'medical-research', 'health'],
    ['/Finance/Investing/Currencies & Foreign Exchange', 'currencies', 'finance'],
    ['/Law & Government/Government/Courts & Judiciary', 'government', 'legal'],
    ['/Business & Industrial/Advertising & Marketing/Sales', 'sales', 'marketing'],
    [
      '/Internet & Telecom/Web Services/Search Engine Optimization & Marketing',
      'search-engine-optimisation',
      'seo',
    ],
    ['development-tools', 'development-tools', 'programming'],
  ])('of %s is %s in %s', (label, tagId, categoryId) => {
    expect(resolveLabel(label)).toEqual({ tagId, categoryId });
  });

  it.each(['/Sports/Team Sports', '/News/World News', '/Unheard of', '/', '', 'programming', '__proto__'])(
    'of %j is unmapped',
    (label) => expect(resolveLabel(label)).toBeNull(),
  );

  it('takes the longest path of the table, in whole segments', () => {
    const segment = fc.oneof(
      fc.constantFrom('Other', 'Programming', 'Java (Programming Language)', 'Computer Science', 'Sales'),
      fc.string({ unit: fc.constantFrom('a', 'B', '&', ' ', '-'), minLength: 1 }).map((text) => `x${text}x`),
    );
    const path = fc
      .tuple(fc.constantFrom('', ...paths), fc.array(segment, { maxLength: 3 }))
      .map(([start, more]) => [start, ...more].join('/'))
      .filter((text) => text.startsWith('/'));
    fc.assert(
      fc.property(path, (label) => {
        expect(resolveLabel(label)).toEqual(longestPrefix(label));
      }),
    );
    expect(resolveLabel('/Computers & Electronics/Programmings')?.tagId).toBe('technology-general');
    expect(resolveLabel('/Scientology')).toBeNull();
  });

  it('does not look at case, white space and slashes too many', () => {
    const disguise = fc.record({
      upper: fc.boolean(),
      space: fc.constantFrom('', ' ', '\t', '  '),
      slash: fc.constantFrom('/', '//', ' / '),
      end: fc.constantFrom('', '/', ' '),
    });
    fc.assert(
      fc.property(fc.constantFrom(...paths), disguise, (path, { upper, space, slash, end }) => {
        const spelt = path.slice(1).split('/').join(slash).replaceAll(' ', ` ${space}`);
        const label = `${space}/${upper ? spelt.toUpperCase() : spelt.toLowerCase()}${end}`;
        expect(resolveLabel(label)).toEqual(resolveLabel(path));
        expect(bucketOf(label)).toBe(bucketOf(path));
      }),
    );
    expect(resolveLabel(' Development-TOOLS ')?.tagId).toBe('development-tools');
  });

  it('gives any text a label of the tables or none, and always the same', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((rest) => `/${rest}`),
    );
    fc.assert(
      fc.property(text, (label) => {
        const resolved = resolveLabel(label);
        expect(resolveLabel(label)).toEqual(resolved);
        if (resolved !== null) expect(tags().get(resolved.tagId)?.categoryId).toBe(resolved.categoryId);
        expect(buckets).toContain(bucketOf(label));
      }),
    );
  });

  it('gives every tag itself', () => {
    for (const { id, categoryId } of tags().values()) {
      expect(resolveLabel(id)).toEqual({ tagId: id, categoryId });
    }
  });
});

describe('bucketOf', () => {
  it.each([
    ['/Computers & Electronics/Programming', 'programming'],
    ['/Science/Computer Science/Machine Learning & Artificial Intelligence', 'programming'],
    ['/Arts & Entertainment/Roleplaying Games', 'roleplay'],
    ['/Reference/Language Resources', 'translation'],
    ['/Reference/General Reference/Dictionaries & Encyclopedias', 'general-q-and-a'],
    ['/News/Politics', 'general-q-and-a'],
    ['/Computers & Electronics/Software/Business & Productivity Software', 'productivity-writing'],
    ['/Business & Industrial/Business Services/Writing & Editing Services', 'productivity-writing'],
    ['/Jobs & Education/Education/Homeschooling', 'education'],
    ['/Books & Literature/Poetry', 'literature'],
    ['/Arts & Entertainment/Movies', 'literature'],
    ['/Adult', 'adult'],
    ['/Sports', 'others'],
    ['/Science/Physics', 'others'],
    ['no path at all', 'others'],
  ])('of %s is %s', (path, bucket) => expect(bucketOf(path)).toBe(bucket));
});
