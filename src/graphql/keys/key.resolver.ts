import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { checkNewKey, checkOverlap } from '../../access/key-requests.ts';
import type { KeyService } from '../../access/key-service.ts';
import { requireScope } from '../../access/guard.ts';
import { type ApiKey as KeyRecord, type KeyState, stateOf } from '../../access/viewer.ts';
import type { RequestContext } from '../context.ts';
import { CreateKeyInput, DayRangeArgs, RotateKeyArgs } from './key.args.ts';
import { ApiKey, CreatedKey, KeyAuditEntry, KeyUsage } from './key.type.ts';

/** For keys with the scope keys:admin. Resolvers of keys reach them through here only. */
function administer({ services, viewer }: RequestContext): { keys: KeyService; actor: string } {
  requireScope(viewer, 'keys:admin', 'Administering keys');
  // Who has a key was authenticated, which takes access control.
  if (services.access === null) throw new Error('Keys need access control.');
  return { keys: services.access.keys, actor: `key:${viewer.key?.id}` };
}

/** The owner of a key, or an administrator, may read what it was used for and what became of it. */
function keysSeenBy(context: RequestContext, key: KeyRecord): KeyService {
  const { viewer, services } = context;
  if (viewer.key?.familyId === key.familyId && services.access !== null) return services.access.keys;
  return administer(context).keys;
}

@Resolver(() => ApiKey)
export class KeyResolver {
  @Query(() => [ApiKey], { description: 'All keys, newest first. Needs a key with the scope keys:admin.' })
  keys(@Ctx() context: RequestContext): Promise<KeyRecord[]> {
    return administer(context).keys.list();
  }

  @Query(() => ApiKey, { description: 'One key. Needs a key with the scope keys:admin.' })
  key(
    @Arg('id', () => ID, { description: 'Id of the key, not its secret.' }) id: string,
    @Ctx() context: RequestContext,
  ): Promise<KeyRecord> {
    return administer(context).keys.get(id);
  }

  @Mutation(() => CreatedKey, {
    description: 'Makes a key, of any scopes. Needs a key with the scope keys:admin.',
  })
  async createKey(
    @Arg('input', () => CreateKeyInput, { description: 'What the key allows.' }) input: CreateKeyInput,
    @Ctx() context: RequestContext,
  ): Promise<CreatedKey> {
    const { keys, actor } = administer(context);
    const { key, text } = await keys.create(checkNewKey(input), actor);
    return { key: key as unknown as ApiKey, secret: text };
  }

  @Mutation(() => CreatedKey, {
    description:
      'Makes a key that allows the same, and ends the former one after an overlap. Both count as one against the quota. Needs a key with the scope keys:admin.',
  })
  async rotateKey(
    @Args(() => RotateKeyArgs) { id, overlapSeconds, expiresAt }: RotateKeyArgs,
    @Ctx() context: RequestContext,
  ): Promise<CreatedKey> {
    const { keys, actor } = administer(context);
    const wanted = { overlapSeconds: checkOverlap(overlapSeconds), expiresAt: expiresAt ?? null };
    const { key, text } = await keys.rotate(id, wanted, actor);
    return { key: key as unknown as ApiKey, secret: text };
  }

  @Mutation(() => ApiKey, {
    description:
      'Ends a key for good, on every server within 5 seconds; a second time changes nothing. Needs a key with the scope keys:admin.',
  })
  revokeKey(
    @Arg('id', () => ID, { description: 'Key to end.' }) id: string,
    @Arg('reason', () => String, { nullable: true, description: 'Why, for the audit.' })
    reason: string | null,
    @Ctx() context: RequestContext,
  ): Promise<KeyRecord> {
    const { keys, actor } = administer(context);
    return keys.revoke(id, reason ?? null, actor);
  }

  @FieldResolver(() => String)
  state(@Root() key: KeyRecord): KeyState {
    return stateOf(key);
  }

  @FieldResolver(() => [KeyUsage], {
    description:
      'What it and the keys that it replaces were used for, newest day first; a few seconds late. For its owner and administrators.',
  })
  usage(
    @Root() key: KeyRecord,
    @Args(() => DayRangeArgs) { from, to }: DayRangeArgs,
    @Ctx() context: RequestContext,
  ): Promise<KeyUsage[]> {
    return keysSeenBy(context, key).usage(key, { from: from ?? null, to: to ?? null });
  }

  @FieldResolver(() => [KeyAuditEntry], {
    description: 'What became of it, oldest first. For its owner and administrators.',
  })
  async audit(@Root() key: KeyRecord, @Ctx() context: RequestContext): Promise<KeyAuditEntry[]> {
    const entries = await keysSeenBy(context, key).audit(key.id);
    return entries.map(({ detail, ...entry }) => ({ ...entry, detail: JSON.stringify(detail) }));
  }
}
