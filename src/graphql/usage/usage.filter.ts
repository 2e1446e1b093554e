import { Field, ID, InputType } from 'type-graphql';
import { dimensions } from '../../measures/dimensions.ts';
import type { DimensionCondition, UsageFilterInput } from '../../measures/filter.ts';
import { usageLimits } from '../../measures/limits.ts';
import type { Dimension } from '../../measures/types.ts';
import { labelEnums } from '../shared/enums.ts';

type ConditionClass = new () => DimensionCondition;

const listNote = `1 to ${usageLimits.filterValues} values.`;

/** The conditions that a dimension of the given value type can have. */
function conditionType(name: string, valueType: () => object, what: string, order: string): ConditionClass {
  @InputType(name, { description: `Conditions on ${what}; all that are given must hold.` })
  class Condition implements DimensionCondition {
    @Field(valueType as never, { nullable: true, description: 'Equal to this.' })
    declare eq?: string | null;

    @Field(() => [valueType()] as never, {
      nullable: true,
      description: `Equal to one of these; ${listNote}`,
    })
    declare in?: string[] | null;

    @Field(() => [valueType()] as never, {
      nullable: true,
      description: `Equal to none of these; rows whose value is unknown stay. ${listNote}`,
    })
    declare notIn?: string[] | null;

    @Field(valueType as never, { nullable: true, description: `This or what comes after it; ${order}.` })
    declare gte?: string | null;

    @Field(valueType as never, { nullable: true, description: `What comes before this; ${order}.` })
    declare lt?: string | null;

    @Field(() => Boolean, { nullable: true, description: 'Whether the value is known at all.' })
    declare known?: boolean | null;
  }
  return Condition;
}

@InputType({ description: 'Conditions on yes-or-no labels; all that are given must hold.' })
class BooleanCondition implements DimensionCondition {
  @Field(() => Boolean, { nullable: true, description: 'Equal to this.' })
  declare eq?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the value is known at all.' })
  declare known?: boolean | null;
}

const IdCondition = conditionType('IdCondition', () => ID, 'ids', 'ids go by alphabet');
const CodeCondition = conditionType('CodeCondition', () => String, 'codes', 'codes go by alphabet');

function conditionOf({ field, type, values }: Dimension): ConditionClass {
  if (type === 'ENTITY') return IdCondition;
  if (type === 'BOOLEAN') return BooleanCondition;
  const labels = labelEnums.get(field);
  if (values === undefined || labels === undefined) return CodeCondition;
  return conditionType(
    `${field.charAt(0).toUpperCase()}${field.slice(1)}Condition`,
    () => labels,
    `the ${field}`,
    'labels go in the order of the enum',
  );
}

/** One field per dimension of the catalogue, added below. */
@InputType({
  description: `Which usage counts. All fields given must hold. At most ${usageLimits.filterConditions} conditions, nested at most ${usageLimits.filterDepth} deep.`,
})
export class UsageFilter implements UsageFilterInput {
  [field: string]: DimensionCondition | UsageFilter[] | null | undefined;

  @Field(() => [UsageFilter], { nullable: true, description: 'All of these must hold.' })
  declare and?: UsageFilter[] | null;

  @Field(() => [UsageFilter], { nullable: true, description: 'At least one of these must hold.' })
  declare or?: UsageFilter[] | null;
}

for (const dimension of dimensions) {
  const condition = conditionOf(dimension);
  Field(() => condition, { nullable: true, description: dimension.description })(
    UsageFilter.prototype,
    dimension.field,
  );
}
