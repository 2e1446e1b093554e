import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Scope } from '../../access/scopes.ts';
import { QuotaClassEnum, ScopeEnum } from '../keys/key.enums.ts';
import { ApiKey } from '../keys/key.type.ts';
import { CountScalar, DateTimeScalar } from '../shared/scalars.ts';

@ObjectType({
  description: 'How much may be asked in a window of time, in points; `plan` says what a query costs.',
})
export class Quota {
  @Field(() => QuotaClassEnum, { description: 'Which quota.' })
  declare quotaClass: string;

  @Field(() => CountScalar, { description: 'Points of one window.' })
  declare points: number;

  @Field(() => Int, { description: 'Length of the window, which begins with the first request in it.' })
  declare windowSeconds: number;

  @Field(() => CountScalar, { description: 'Points used in this window, with those held by this request.' })
  declare used: number;

  @Field(() => CountScalar, { description: 'Points left in this window.' })
  declare remaining: number;

  @Field(() => DateTimeScalar, { description: 'When the window is over and all points are back.' })
  declare resetsAt: Date;
}

@ObjectType({ description: 'Who asks: someone with a key, or anyone.' })
export class Viewer {
  @Field(() => ApiKey, {
    nullable: true,
    description: 'The key that came with the request; null without one.',
  })
  declare key: ApiKey | null;

  @Field(() => [ScopeEnum], { description: 'What is allowed beside asking for PUBLIC data sets.' })
  declare scopes: Scope[];

  @Field(() => [ID], { description: 'Data sets that this viewer sees.' })
  declare datasets: string[];

  @Field(() => Quota, {
    nullable: true,
    description: 'Quota and what is left of it; null where none applies.',
  })
  declare quota: Quota | null;
}
