import { isAmong } from './is-among.ts';
import type { NotPermitted } from './is-permitted.ts';
import type { Principal } from './policy.ts';
import type { Groups } from '../ports/groups.ts';
import type { ObjectId } from '../../ids.ts';

/** By which right the policy names this person: `everyone`, `person` or `group:<object id>`; or why it does not. */
export type FoundRight =
  { readonly kind: 'right'; readonly right: string } | { readonly kind: 'none'; readonly why: NotPermitted };

/** Finds the right by which the policy names this person. Groups are asked for only where they would decide it. */
export async function findRight(
  groups: Groups,
  person: ObjectId,
  principals: readonly Principal[],
): Promise<FoundRight> {
  const named = principals.find((principal) => isAmong(person, [principal], new Set()));
  if (named !== undefined) return { kind: 'right', right: named.kind };
  const wanted = principals.filter(({ kind }) => kind === 'group');
  if (wanted.length === 0) return { kind: 'none', why: 'not-a-technician' };
  const memberOf = await groups.memberOf(person);
  if (memberOf === 'unknown') return { kind: 'none', why: 'groups-unknown' };
  const group = wanted.find((principal) => isAmong(person, [principal], memberOf));
  return group?.kind === 'group'
    ? { kind: 'right', right: `group:${group.objectId}` }
    : { kind: 'none', why: 'not-a-technician' };
}
