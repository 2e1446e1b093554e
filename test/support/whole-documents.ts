import {
  getNamedType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** Arguments by their names, as text of a document. */
export type Arguments = Readonly<Record<string, string>>;

/** What arguments are given unless said otherwise: users are kept for months, and mean and format have no default. */
const usualArguments: Arguments = { of: 'MEAN_PROMPT_TOKENS', grain: 'MONTH', format: 'CSV' };

/** Writes documents that ask for all that can be asked for. */
export class WholeDocuments {
  readonly #schema: GraphQLSchema;
  /** `Type.field` of all that was asked for. */
  readonly asked = new Set<string>();

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** A query of one field of the root with everything below it, each type once on the way. */
  query(field: GraphQLField<unknown, unknown>, given: Arguments, depth: number): string {
    this.asked.add(`Query.${field.name}`);
    return `{ ${this.#field(field, given, depth, [])} }`;
  }

  #field(
    field: GraphQLField<unknown, unknown>,
    given: Arguments,
    depth: number,
    above: readonly string[],
  ): string {
    const args = field.args.flatMap((argument) => {
      // Figures have a grain of their own, and some no choice of it.
      const isUsual = (argument.name === 'grain' && field.name !== 'panels') || isRequiredArgument(argument);
      const value = given[argument.name] ?? (isUsual ? usualArguments[argument.name] : undefined);
      return value === undefined ? [] : [`${argument.name}: ${value}`];
    });
    const list = args.length === 0 ? '' : `(${args.join(', ')})`;
    const type = getNamedType(field.type);
    if (isLeafType(type)) return field.name + list;
    const types = isAbstractType(type) ? this.#schema.getPossibleTypes(type) : [type as GraphQLObjectType];
    const parts = types.map((each) => {
      const inside = this.#selection(each, depth - 1, [...above, each.name]);
      // Types behind one interface may name fields alike and type them differently.
      return isAbstractType(type) ? `... on ${each.name} { ${aliased(inside, each.name)} }` : inside;
    });
    return `${field.name}${list} { ${parts.join(' ')} }`;
  }

  #selection(type: GraphQLObjectType, depth: number, above: readonly string[]): string {
    const parts = Object.values(type.getFields()).flatMap((field) => {
      const below = getNamedType(field.type);
      const isDeeper = !isLeafType(below);
      if (isDeeper && (depth <= 0 || above.includes(below.name))) return [];
      this.asked.add(`${type.name}.${field.name}`);
      return [this.#field(field, {}, depth, above)];
    });
    return parts.length === 0 ? '__typename' : parts.join('\n');
  }
}

/** Only the outermost fields, which stand one to a line. */
function aliased(selection: string, type: string): string {
  let level = 0;
  return selection
    .split('\n')
    .map((line) => {
      const isOutermost = level === 0;
      level += line.split('{').length - line.split('}').length;
      return isOutermost && !line.startsWith('__') ? `${type}_${line.split(/[ ({]/)[0]}: ${line}` : line;
    })
    .join('\n');
}

/** `Type.field` of every object of the schema. */
export function allFields(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !type.name.startsWith('__')
      ? Object.keys(type.getFields()).map((field) => `${type.name}.${field}`)
      : [],
  );
}
