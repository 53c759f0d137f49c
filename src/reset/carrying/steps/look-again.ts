import { administratorRoles } from '../../people/administrator-roles.ts';
import { freshGroups } from '../../policy/fresh-groups.ts';
import { findApprover } from '../../approval/find-approver.ts';
import type { Refusal } from '../../refusal.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { CustomerUser } from '../../people/target.ts';
import { lookAtFacts, type FactTools, type Facts } from './look-at-facts.ts';

/**
 * Rule: what was true when the cards were shown is looked up again before anything is done, the leave of a second person
 * included: that there is one where the policy asks for it now, that whoever gave it still may, and that the person has
 * no role of an administrator, and nothing else to be careful about, that they were not shown.
 */
export async function lookAgain(given: FactTools, request: ResetRequest): Promise<Facts> {
  const decision = request.approval?.decision;
  // A group that was left after the leave was given is one of the things that are looked up again.
  const tools = decision === undefined ? given : { ...given, groups: freshGroups(given.groups) };
  const looked = await lookAtFacts(tools, request);
  if (looked.kind === 'stopped') return looked;
  if (decision === undefined) return looked.needsApproval ? stopped({ kind: 'approval-needed' }) : looked;
  if (decision.kind === 'declined') return stopped({ kind: 'approval-needed' });
  const approver = await findApprover(tools, request, decision.by);
  if (approver.kind === 'none') return stopped({ kind: 'approver-without-right', by: decision.by.name });
  const refusal = whatWasNotShown(request.target.user, looked.user);
  return refusal ? stopped(refusal) : looked;
}

function whatWasNotShown(shown: CustomerUser, now: CustomerUser): Refusal | undefined {
  const isWorse =
    (now.synchronised && !shown.synchronised) ||
    (now.state === 'unknown' && shown.state !== 'unknown') ||
    (now.domainType === 'unknown' && shown.domainType !== 'unknown');
  if (isWorse) return { kind: 'target-changed' };
  const before = administratorRoles(shown);
  const after = administratorRoles(now);
  if (after === 'unknown') return before === 'unknown' ? undefined : { kind: 'roles-unknown' };
  const isNew = (id: string): boolean => before === 'unknown' || before.every((role) => role.id !== id);
  return after.some(({ id }) => isNew(id)) ? { kind: 'target-changed' } : undefined;
}

function stopped(refusal: Refusal): Facts {
  return { kind: 'stopped', refusal };
}
