import { isObjectType } from 'graphql';
import { expect, it } from 'vitest';
import { rootsOfViewers, unusualRoots } from '../../src/graphql/permalink/releases-read.ts';
import { buildAtlasSchema } from '../../src/graphql/schema.ts';

const schema = buildAtlasSchema();
const roots = Object.values(schema.getQueryType()!.getFields());

it('knows of every field of the root which releases it reads, or that it answers about who asks', () => {
  const unknown = roots.filter(({ name, args }) => {
    const names = args.map((argument) => argument.name);
    const isUsual = names.includes('dataset') && names.includes('release');
    return !isUsual && unusualRoots[name] === undefined && !rootsOfViewers.includes(name);
  });
  expect(unknown.map(({ name }) => name)).toEqual([]);
});

it('knows that nothing below the root names another data set or release', () => {
  const below = Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter((type) => type !== schema.getQueryType() && type !== schema.getMutationType())
    .flatMap((type) =>
      Object.values(type.getFields()).flatMap(({ name, args }) =>
        args.some((argument) => ['dataset', 'release'].includes(argument.name))
          ? [`${type.name}.${name}`]
          : [],
      ),
    );
  expect(below).toEqual([]);
});
