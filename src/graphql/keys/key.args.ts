import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { defaultOverlapSeconds, mostOverlapSeconds } from '../../access/key-requests.ts';
import type { QuotaClass, Scope } from '../../access/scopes.ts';
import { DateTimeScalar, DayScalar } from '../shared/scalars.ts';
import { QuotaClassEnum, ScopeEnum } from './key.enums.ts';

@InputType({ description: 'What is decided about a key when it is made; none of it changes later.' })
export class CreateKeyInput {
  @Field(() => String, { description: 'Who will use it, 1 to 100 characters.' })
  declare name: string;

  @Field(() => [ScopeEnum], { defaultValue: [], description: 'What it allows.' })
  declare scopes: Scope[];

  @Field(() => [ID], { defaultValue: [], description: 'PARTNER data sets that it opens.' })
  declare datasets: string[];

  @Field(() => QuotaClassEnum, { defaultValue: 'STANDARD', description: 'Its quota; not ANONYMOUS.' })
  declare quotaClass: QuotaClass | 'ANONYMOUS';

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends. None: when it is revoked.' })
  declare expiresAt?: Date | null;
}

@ArgsType()
export class RotateKeyArgs {
  @Field(() => ID, { description: 'Key to replace.' })
  declare id: string;

  @Field(() => Int, {
    defaultValue: defaultOverlapSeconds,
    description: `Seconds that it is still accepted for, 0 to ${mostOverlapSeconds} (90 days).`,
  })
  declare overlapSeconds: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the new key ends. None: when it is revoked, whatever the former key had.',
  })
  declare expiresAt?: Date | null;
}

@ArgsType()
export class DayRangeArgs {
  @Field(() => DayScalar, { nullable: true, description: 'First day. None: the first there is.' })
  declare from?: string | null;

  @Field(() => DayScalar, { nullable: true, description: 'Day after the last day. None: up to now.' })
  declare to?: string | null;
}
