import { GraphQLScalarType } from 'graphql';
import { GraphQLDateTime, GraphQLLocalDate, GraphQLSafeInt } from 'graphql-scalars';

/** A calendar day; the library's own name for it is LocalDate. */
export const DayScalar = new GraphQLScalarType({
  ...GraphQLLocalDate.toConfig(),
  name: 'Date',
  description: 'A calendar day in UTC, as `YYYY-MM-DD`.',
});

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
