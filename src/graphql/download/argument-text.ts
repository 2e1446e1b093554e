import {
  coerceInputValue,
  getNullableType,
  type GraphQLArgument,
  type GraphQLInputType,
  isInputObjectType,
  isListType,
  isRequiredArgument,
  isScalarType,
} from 'graphql';
import { AtlasError } from '../../errors.ts';

/** Where no text of an address says more: what is longer is not shown. */
const MOST_SHOWN = 100;

/**
 * Arguments of a field of the API as an address has them: scalars and enums as they are, lists of these with commas,
 * inputs as JSON. The types of the schema check them, so that defaults and refusals are those of the API.
 */
export function readArguments(
  args: readonly GraphQLArgument[],
  given: ReadonlyMap<string, string>,
): Record<string, unknown> {
  return Object.fromEntries(args.map((argument) => [argument.name, readArgument(argument, given)]));
}

function readArgument(argument: GraphQLArgument, given: ReadonlyMap<string, string>): unknown {
  const { name, type, defaultValue, description } = argument;
  const text = given.get(name);
  if (text === undefined) {
    if (!isRequiredArgument(argument)) return defaultValue ?? null;
    throw new AtlasError('BAD_ARGUMENT', `Give \`${name}\`: ${description ?? 'it has no default.'}`);
  }
  return coerceInputValue(valueOf(name, text, type), type, (path, _value, error) => {
    const place = path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${key}`)).join('');
    throw new AtlasError('BAD_ARGUMENT', `\`${name}${place}\`: ${error.message.slice(0, 4 * MOST_SHOWN)}`);
  });
}

/** What the text would be in the variables of a query; whatever does not fit is left for the type to refuse. */
function valueOf(name: string, text: string, asked: GraphQLInputType): unknown {
  const type = getNullableType(asked);
  if (hasInput(type)) return parseJson(name, text);
  if (isListType(type)) {
    return text === '' ? [] : text.split(',').map((each) => valueOf(name, each, type.ofType));
  }
  const isNumber = isScalarType(type) && /^(Int|Float|SafeInt)$/.test(type.name);
  if (isNumber) return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text) ? Number(text) : text;
  if (isScalarType(type) && type.name === 'Boolean' && /^(true|false)$/.test(text)) return text === 'true';
  return text;
}

function hasInput(type: GraphQLInputType): boolean {
  const inner = getNullableType(type);
  return isInputObjectType(inner) || (isListType(inner) && hasInput(inner.ofType));
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const shown = text.slice(0, MOST_SHOWN);
    throw new AtlasError('BAD_ARGUMENT', `\`${name}\` takes JSON, as variables have it, not '${shown}'.`);
  }
}

/** The inverse: what is null or the default needs no words. */
export function writeArguments(
  args: readonly GraphQLArgument[],
  values: Readonly<Record<string, unknown>>,
): [name: string, text: string][] {
  return args.flatMap(({ name, type, defaultValue }): [string, string][] => {
    const value = values[name] ?? null;
    return value === null || value === defaultValue ? [] : [[name, textOf(value, type)]];
  });
}

function textOf(value: unknown, type: GraphQLInputType): string {
  if (hasInput(type)) return JSON.stringify(value);
  return Array.isArray(value) ? value.join(',') : String(value);
}
