import { findFreeze } from '../freezing/find-freeze.ts';
import { findResetBefore } from './find-reset-before.ts';
import { frozenRefusal } from '../freezing/frozen-refusal.ts';
import { isPermitted, type NotPermitted } from '../policy/is-permitted.ts';
import { needsApproval } from '../policy/needs-approval.ts';
import { newRequest, type Asking } from './new-request.ts';
import type { PartnerTrouble } from '../partner-trouble.ts';
import { policyForCustomer } from '../policy/policy-for-customer.ts';
import { policyHash } from '../policy/policy-hash.ts';
import { recordRefusedQuestion } from '../questions/record-refused-question.ts';
import type { Refusal } from '../refusal.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { CustomerUser, Target } from '../people/target.ts';
import type { Tools } from '../tools.ts';
import { whatStops } from '../policy/what-stops.ts';
import { whomToAsk } from '../approval/whom-to-ask.ts';

/** What comes of one person who was found or chosen. `changed`: they are not called any more what they were shown as. */
export type TargetProposal =
  | { readonly kind: 'proposed' | 'refused'; readonly request: ResetRequest }
  | { readonly kind: 'gone' }
  | { readonly kind: 'changed'; readonly user: CustomerUser }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble }
  | { readonly kind: NotPermitted }
  | { readonly kind: 'already-answered' };

/**
 * Looks one person up afresh and writes a request for them down, with what stops it if something does. With `mustBe`
 * `as-shown` a person who has another name or address by now is not asked about.
 */
export async function proposeTarget(
  tools: Tools,
  asking: Asking,
  mustBe: 'as-shown' | 'as-found',
): Promise<TargetProposal> {
  const { technician, target: shown } = asking;
  const here = policyForCustomer(tools.policy(), shown.customer.id);
  const permission = await isPermitted(tools.groups, technician.objectId, here.technicians);
  if (permission !== 'yes') {
    await recordRefusedQuestion(tools, technician, permission);
    return { kind: permission };
  }
  const fresh = await tools.directory.lookUp(shown.customer, shown.user.id, asking.correlationId);
  if (fresh.kind !== 'found') return fresh;
  if (mustBe === 'as-shown' && !isCalledTheSame(fresh.user, shown.user)) return { kind: 'changed', user: fresh.user };
  const target = { customer: shown.customer, user: fresh.user };
  const refusal = await whatRefuses(tools, { ...asking, target });
  const request = newRequest(
    tools,
    { ...asking, target },
    { refusal, resetBefore: await findResetBefore(tools, target) },
  );
  const added = await tools.store.add(request, {
    at: request.proposedAt,
    kind: refusal ? 'refused' : 'proposed',
    actor: technician.objectId,
    facts: {
      reason: refusal?.kind ?? null,
      userPrincipalName: target.user.userPrincipalName,
      policy: policyHash(tools.policy()),
    },
  });
  if (added === 'already-there') return { kind: 'already-answered' };
  return { kind: refusal ? 'refused' : 'proposed', request };
}

/** What is known to stop it already is said now, so that nobody verifies a caller for nothing. */
async function whatRefuses(
  tools: Tools,
  { technician, conversation, target }: Pick<Asking, 'technician' | 'conversation'> & { readonly target: Target },
): Promise<Refusal | undefined> {
  const freeze = await findFreeze(tools, target.customer.id);
  if (freeze !== undefined) return frozenRefusal(freeze);
  const policy = policyForCustomer(tools.policy(), target.customer.id);
  const stops = whatStops(target, technician, policy);
  if (stops !== undefined || !needsApproval(policy, target.user)) return stops;
  const places = await whomToAsk(tools, { technician, target, askedIn: conversation });
  return places.length === 0 ? { kind: 'approval-not-possible' } : undefined;
}

function isCalledTheSame(one: CustomerUser, other: CustomerUser): boolean {
  return (
    one.displayName === other.displayName &&
    one.userPrincipalName.toLowerCase() === other.userPrincipalName.toLowerCase()
  );
}
