import { parse, visit } from 'graphql';
import { describe, expect, it } from 'vitest';
import { figureDefinitions, readFigures } from '../../src/figures/catalogue.ts';
import { dimensions } from '../../src/measures/dimensions.ts';
import { measures } from '../../src/measures/measures.ts';

const names = new Map<string, string>(dimensions.map(({ field, name }) => [field, name]));
const coverageOf = new Map<string, string>(measures.map(({ name, coverage }) => [name, coverage]));
const coverageOfField = new Map<string, string>(measures.map(({ field, coverage }) => [field, coverage]));

/** Dimensions that a document groups by, or filters on, as it is run with these variables. */
function dimensionsOf(text: string, variables: Readonly<Record<string, unknown>>): Set<string> {
  const used = new Set<string>();
  visit(parse(text), {
    Argument({ name, value }) {
      if (name.value === 'groupBy' && value.kind === 'ListValue')
        for (const each of value.values) if (each.kind === 'EnumValue') used.add(each.value);
      if (
        name.value === 'of' &&
        value.kind === 'EnumValue' &&
        dimensions.some((one) => one.name === value.value)
      )
        used.add(value.value);
      if (name.value === 'model') used.add('MODEL');
      if (name.value === 'where' && value.kind === 'ObjectValue')
        for (const field of value.fields.filter((each) => each.name.value !== 'and'))
          used.add(names.get(field.name.value) ?? field.name.value);
    },
  });
  for (const field of Object.keys((variables.where as object | undefined) ?? {}))
    used.add(names.get(field) ?? field);
  return used;
}

describe.each(readFigures())(
  '$id',
  ({ documents, dimensions: needed, measures: measured, panels, readings }) => {
    it('needs the dimensions that its document asks for, and no other', () => {
      for (const { variables } of panels)
        expect([...dimensionsOf(documents[0]!.text, variables)].sort()).toEqual([...needed].sort());
    });

    it('needs the measure that each reading of usage reads', () => {
      const shareOf = /share\(of: (\w+)\)/.exec(documents[0]!.text)?.[1] ?? 'TOTAL_TOKENS';
      for (const { value, per, rows } of Object.values(readings)) {
        if (rows.startsWith('costMap') || rows.startsWith('retention')) continue;
        for (const field of [value, per ?? value]) {
          const coverage = field === 'share' ? coverageOf.get(shareOf) : coverageOfField.get(field);
          if (coverage !== undefined) expect(measured).toContain(coverage);
        }
      }
    });
  },
);

it('describes as many figures as there are', () => {
  expect(readFigures().map(({ id }) => id)).toEqual(figureDefinitions.map(({ id }) => id));
});
