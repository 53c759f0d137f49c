import { useCaseTunables } from '../../base/index.ts';
import type { UserLookUp } from '../ports/partner-center.ts';
import { type ProtectingFact, protectingFacts, type Refusal } from '../refusal.ts';
import { type ResetRequest, wasNothingSent } from '../request.ts';
import { administratorRolesOf, type CustomerUser } from '../target.ts';

type Found = Extract<UserLookUp, { kind: 'found' }>;

/**
 * What the card showed by Microsoft Graph's word and what is not told now, because it cannot be read in full, as a refusal. A power or a block must not vanish
 * because Graph is not asked, does not answer or may not be read: the requester has weighed it, or a second person has.
 */
export function findVanished(shown: CustomerUser, fresh: Found): Refusal | undefined {
  const notAsked = fresh.told === undefined ? protectingFacts.map((fact) => ({ fact, code: 'not-asked' })) : [];
  const gone = factsGone(shown, fresh.user);
  const vanished = (fresh.unread ?? notAsked).filter(({ fact }) => gone.includes(fact));
  const [first] = vanished;
  if (first === undefined) return undefined;
  const { fact: _, ...trouble } = first;
  return { kind: 'protection-unknown', facts: vanished.map(({ fact }) => fact), ...trouble };
}

/** The facts of Graph that gave the card something to weigh which is not told now. What is told in a part is still there. */
function factsGone({ roles, graph }: CustomerUser, now: CustomerUser): readonly ProtectingFact[] {
  const marks = (['isBlocked', 'isGuest', 'isRestricted', 'canWriteBack'] as const).filter(
    (mark) => graph?.[mark] === true && now.graph?.[mark] !== true,
  );
  const there = new Set(now.roles === 'unknown' ? [] : now.roles.map(({ id }) => id.toLowerCase()));
  const ways = roles === 'unknown' ? [] : roles.filter(({ id }) => !there.has(id.toLowerCase())).map(({ by }) => by);
  return [
    ...(marks.length > 0 ? (['account'] as const) : []),
    ...(ways.some((by) => by === 'group' || by === 'role-assignable-group') ? (['roles'] as const) : []),
    ...(ways.includes('eligible') ? (['eligible-roles'] as const) : []),
  ];
}

/**
 * Whether something holds now that would make a careful person stop, and that the card did not show. A new role is none of it:
 * that wants a second person. A password that was changed after the card was made counts until something of this request is sent.
 */
export function hasUnshownWarning(request: ResetRequest, { user: now, told }: Found): boolean {
  const { user: shown } = request.target;
  return (
    (now.synchronised && !shown.synchronised) ||
    (now.graph?.isBlocked === true && shown.graph?.isBlocked !== true) ||
    (now.state === 'unknown' && shown.state !== 'unknown') ||
    (now.domainType === 'unknown' && shown.domainType !== 'unknown') ||
    (wasNothingSent(request) && wasPasswordChanged(request, told?.lastPasswordChange))
  );
}

/**
 * Whether the password was changed after the card was made. Graph cuts an instant off to its second. A reset by Locksmith that
 * the card names may have been in that second.
 */
function wasPasswordChanged(
  { doubtedAt, proposedAt, resetBefore }: ResetRequest,
  changedAt: number | undefined,
): boolean {
  const shownAt = doubtedAt ?? proposedAt;
  if (changedAt === undefined || changedAt + 1000 <= shownAt) return false;
  const isNamed =
    resetBefore !== undefined && Math.abs(resetBefore.at - changedAt) <= useCaseTunables.samePasswordChangeMilliseconds;
  return changedAt > shownAt || !(isNamed || doubtedAt !== undefined);
}

/** A role of an administrator that the card did not show, or roles that cannot be read any more. */
export function findUnshownRole(shown: CustomerUser, now: CustomerUser): 'new' | 'unknown' | undefined {
  const before = administratorRolesOf(shown);
  const after = administratorRolesOf(now);
  if (after === 'unknown') return before === 'unknown' ? undefined : 'unknown';
  const isNew = (id: string): boolean => before === 'unknown' || before.every((role) => role.id !== id);
  return after.some(({ id }) => isNew(id)) ? 'new' : undefined;
}
