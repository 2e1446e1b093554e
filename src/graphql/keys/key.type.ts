import { Field, ID, ObjectType } from 'type-graphql';
import type { Scope } from '../../access/scopes.ts';
import type { KeyState } from '../../access/viewer.ts';
import { CountScalar, DateTimeScalar, DayScalar } from '../shared/scalars.ts';
import { KeyStateEnum, QuotaClassEnum, ScopeEnum } from './key.enums.ts';

@ObjectType({ description: 'What a key asked for on one day by operations of one name.' })
export class KeyUsage {
  @Field(() => DayScalar, { description: 'Day, in UTC.' })
  declare day: string;

  @Field(() => String, {
    description:
      'Name of the operation; `(unnamed)` where it has none, `(others)` for those beyond the hundred names that are told apart a day.',
  })
  declare operation: string;

  @Field(() => CountScalar, { description: 'Requests, refused ones included.' })
  declare requests: number;

  @Field(() => CountScalar, { description: 'Points that they cost.' })
  declare points: number;

  @Field(() => CountScalar, { description: 'Requests whose answer had errors.' })
  declare errors: number;
}

@ObjectType({ description: 'Something that happened to a key. Entries are never changed or removed.' })
export class KeyAuditEntry {
  @Field(() => DateTimeScalar, { description: 'When.' })
  declare at: Date;

  @Field(() => String, {
    description: 'CREATED, FIRST_USED, ROTATED, REVOKED, or EXPIRED: the first use after it expired.',
  })
  declare action: string;

  @Field(() => String, {
    description: 'Who did it: `cli:<user>`, `key:<id>`, or `server` for what was noticed.',
  })
  declare actor: string;

  @Field(() => String, { description: 'Particulars, as JSON.' })
  declare detail: string;
}

@ObjectType({ description: 'An API key: all but its secret, which nobody has but its owner.' })
export class ApiKey {
  @Field(() => ID, { description: 'The part of the key behind `atlas_live_`.' })
  declare id: string;

  @Field(() => String, { description: '`live` or `test`: keys work on servers of their environment.' })
  declare environment: string;

  @Field(() => String, { description: 'Who uses it.' })
  declare name: string;

  @Field(() => KeyStateEnum, { description: 'Whether it is accepted.' })
  declare state: KeyState;

  @Field(() => [ScopeEnum], { description: 'What it allows.' })
  declare scopes: Scope[];

  @Field(() => [ID], { description: 'PARTNER data sets that it opens.' })
  declare datasets: string[];

  @Field(() => QuotaClassEnum, { description: 'Its quota.' })
  declare quotaClass: string;

  @Field(() => String, { description: 'Who made it: `cli:<user>` or `key:<id>`.' })
  declare createdBy: string;

  @Field(() => DateTimeScalar, { description: 'When it was made.' })
  declare createdAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends; null: when it is revoked.' })
  declare expiresAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Last use, to the minute; null: none yet.' })
  declare lastUsedAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was revoked.' })
  declare revokedAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'Key that replaces it.' })
  declare replacedById: string | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Until when it is accepted beside the key that replaces it.',
  })
  declare overlapUntil: Date | null;
}

@ObjectType({ description: 'A key that was just made.' })
export class CreatedKey {
  @Field(() => ApiKey, { description: 'What is known of it from now on.' })
  declare key: ApiKey;

  @Field(() => String, {
    description: 'The key itself. It is shown this once: only its digest is kept.',
  })
  declare secret: string;
}
