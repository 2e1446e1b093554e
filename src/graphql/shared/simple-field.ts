import { Field } from 'type-graphql';

type FieldType = Parameters<typeof Field>[0];
type FieldOptions = NonNullable<Parameters<typeof Field>[1]>;

/**
 * A field with arguments that its method answers at once. Those that `Field` makes of methods are each answered after
 * promises of their own, which for the rows of an answer takes longer than all else. The method is GraphQL's own
 * resolver of the object: its first parameter holds all arguments by name.
 */
export function SimpleField(type: FieldType, options: FieldOptions): MethodDecorator {
  return (prototype, name) => {
    Field(type, { ...options, simple: true })(prototype, name);
  };
}
