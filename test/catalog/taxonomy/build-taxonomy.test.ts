import { describe, expect, it } from 'vitest';
import { buildTaxonomy } from '../../../src/catalog/taxonomy/build-taxonomy.ts';

const tables = {
  categories: '# comment\ncategory\tname\tdescription\nscience\tScience\tAll of it.\n',
  tags: 'tag\tcategory\tname\nphysics\tscience\tPhysics\n',
  paths: '# comment\nversion\t3\npath\ttag\tbucket\n/Science/Physics\tphysics\tothers\n/Sports\t-\tothers\n',
};

describe('buildTaxonomy', () => {
  it('reads the tables', () => {
    const { version, categories, tags, paths } = buildTaxonomy(tables);
    expect(version).toMatch(/^3\+[0-9a-f]{12}$/);
    expect(categories.get('science')).toMatchObject({ name: 'Science', description: 'All of it.' });
    const physics = { id: 'physics', name: 'Physics', categoryId: 'science' };
    expect([...tags.values()]).toEqual([physics]);
    expect([...paths]).toEqual([
      ['/science/physics', { tag: physics, bucket: 'others' }],
      ['/sports', { tag: null, bucket: 'others' }],
    ]);
  });

  it('has another version for any other content', () => {
    const renamed = { ...tables, tags: tables.tags.replace('Physics', 'Physical science') };
    expect(buildTaxonomy(renamed).version).not.toBe(buildTaxonomy(tables).version);
    expect(buildTaxonomy({ ...tables }).version).toBe(buildTaxonomy(tables).version);
  });

  it.each([
    [
      'paths',
      '/Science/Physics\tphysics\t',
      '/Science/Physics\tphysik\t',
      'paths.tsv:4: tag: there is no "physik"',
    ],
    ['paths', '-\tothers', '-\tother', 'paths.tsv:5: bucket: there is no "other"'],
    ['paths', '/Sports', '/science//physics', 'paths.tsv:5: /science/physics stands here a second time'],
    ['paths', '/Sports', 'Sports', 'paths.tsv:5: a path begins with "/"'],
    ['paths', '/Sports\t-', '/Sports', 'paths.tsv:5: 3 filled fields are needed: path, tag, bucket'],
    ['paths', 'version\t3\n', '', 'paths.tsv: the line "version" is missing'],
    ['paths', 'path\ttag', 'tag\tpath', 'paths.tsv:3: the columns must be path, tag, bucket'],
    ['tags', 'physics\tscience', 'physics\tsport', 'tags.tsv:2: category: there is no "sport"'],
    ['tags', 'physics\t', 'physics\tscience\tA\nphysics\t', 'tags.tsv:3: physics stands here a second time'],
  ] as const)('refuses %s with %j changed to %j', (name, from, to, message) => {
    expect(tables[name]).toContain(from);
    expect(() => buildTaxonomy({ ...tables, [name]: tables[name].replace(from, to) })).toThrow(message);
  });
});
