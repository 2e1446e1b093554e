import { GraphQLError, GraphQLScalarType } from 'graphql';
import { GraphQLDateTime, GraphQLJSONObject, GraphQLLocalDate, GraphQLSafeInt } from 'graphql-scalars';

const localDate = GraphQLLocalDate.toConfig();

/** A calendar day; the library knows it, and speaks of it, under another name. */
export const DayScalar = new GraphQLScalarType({
  ...localDate,
  name: 'Date',
  description: 'A calendar day in UTC, as `YYYY-MM-DD`.',
  parseValue: (value) => asDay(() => localDate.parseValue(value), value),
  parseLiteral: (node, variables) =>
    asDay(() => localDate.parseLiteral(node, variables), 'value' in node ? node.value : node.kind),
});

function asDay<Day>(parse: () => Day, given: unknown): Day {
  try {
    return parse();
  } catch {
    const shown = String(JSON.stringify(given)).slice(0, 50);
    throw new GraphQLError(`${shown} is not a day of the calendar: write it as YYYY-MM-DD.`);
  }
}

export const DateTimeScalar = GraphQLDateTime;

/** Counts reach beyond 2³¹ but never beyond 2⁵³. */
export const CountScalar = new GraphQLScalarType({
  ...GraphQLSafeInt.toConfig(),
  name: 'SafeInt',
  description: 'A whole number of up to 2⁵³ − 1, exact in JSON.',
});

export const DecimalScalar = new GraphQLScalarType<string, string>({
  name: 'Decimal',
  description: 'An exact decimal number as text, such as "0.0123". The field says its unit.',
  serialize: (value) => String(value),
});

/** Values whose shape is not this API's to say: chart specifications, variables. */
export const JsonObjectScalar = new GraphQLScalarType({
  ...GraphQLJSONObject.toConfig(),
  name: 'JSONObject',
  description: 'A JSON object.',
});
