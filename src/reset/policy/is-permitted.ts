import type { ObjectId } from '../../ids.ts';
import { isAmong } from './is-among.ts';
import type { Principal } from './policy.ts';
import type { Groups } from '../ports/groups.ts';

/** `groups-unknown`: only a group could let them, and nobody could say whether they are in it. */
export type NotPermitted = 'not-a-technician' | 'groups-unknown';

/** Whether the policy names this person; if not, why. Groups are asked for only where they would decide it. */
export async function isPermitted(
  groups: Groups,
  person: ObjectId,
  principals: readonly Principal[],
): Promise<'yes' | NotPermitted> {
  if (isAmong(person, principals, new Set())) return 'yes';
  if (!principals.some(({ kind }) => kind === 'group')) return 'not-a-technician';
  const memberOf = await groups.memberOf(person);
  if (memberOf === 'unknown') return 'groups-unknown';
  return isAmong(person, principals, memberOf) ? 'yes' : 'not-a-technician';
}
