import type { Dependencies } from '../dependencies.ts';
import { findFreeze, refusalOfFreeze } from '../freezes.ts';
import { needsApproval } from '../policy/approval.ts';
import { findRejectionReason } from '../policy/eligibility.ts';
import { checkPreconditions } from '../policy/preconditions.ts';
import { hashPolicy, policyForCustomer } from '../policy/policy.ts';
import { isPermittedFor } from '../policy/rights.ts';
import { hasPrivateDetails } from '../private-facts.ts';
import type { ResetRequest } from '../request.ts';
import { describeProtection, joinSteps, makeRefusalStep, makeStep, type Step } from '../step.ts';
import {
  describeTicketCheck,
  findTicketRefusal,
  lookUpTicketAtPress,
  withTicketFacts,
} from '../tickets/ticket-check.ts';
import { refuseOrWaitForSignIn } from './waiting.ts';
import { waitForApproval } from './approval-steps.ts';
import { commitGuardedStep, commitStep, refuse, renewLease, type StepOutcome } from './commit-step.ts';
import { holdLease } from './keep-lease.ts';
import { makeMessageOpenStep, type OpenedMessage, retirePlaceholder } from './direct-message/open-direct-message.ts';

/**
 * Decides what becomes of a confirmed request, by the facts and the policy of now: approved, waiting for a second person, or
 * refused. At most one request of a user is under way.
 *
 * Where the reset is to be expected, the placeholder is posted while the facts are read. If it comes otherwise, the message
 * is taken back: the refusal stores where it stands, and the message then says so like the card.
 */
export async function decideByPolicy(dependencies: Dependencies, pressed: ResetRequest): Promise<StepOutcome> {
  const freeze = await findFreeze(dependencies, pressed.target.customer.id);
  if (freeze !== undefined) return refuse(dependencies, pressed, refusalOfFreeze(freeze, pressed));
  // Where a ticket that does not fit is a warning, the press has looked it up and waited for a second one.
  const isLookedUp = policyForCustomer(dependencies.policy(), pressed.target.customer.id).ticketMismatch === 'warn';
  const opening = openAhead(dependencies, pressed);
  const looking = checkPreconditions(
    dependencies,
    pressed,
    isLookedUp ? undefined : lookUpTicketAtPress(dependencies, pressed),
  ).catch(async (failure: unknown) => {
    const surplus = await opening.catch(() => undefined);
    if (surplus?.kind === 'open') await retirePlaceholder(dependencies, pressed, surplus.address);
    throw failure;
  });
  const { request: held, result } = await holdLease(dependencies, pressed, Promise.all([looking, opening]));
  const [looked, opened] = result;
  const request = withTicketFacts(held, looked.ticketFacts);
  const directMessage = opened?.kind === 'open' ? opened.address : undefined;
  const before: ResetRequest = { ...request, directMessage };
  if (looked.kind === 'stopped') {
    const refused = await refuseOrWaitForSignIn(dependencies, before, looked.refusal);
    if (refused.kind === 'stale') await retireUnheld();
    return refused;
  }
  if (looked.isDoubted) return askOnceMore(dependencies, before, looked);
  const target = { customer: request.target.customer, user: looked.user };
  if (looked.needsApproval) {
    await retireUnheld();
    return waitForApproval(dependencies, { ...request, directMessage: undefined, target });
  }
  const entry = {
    at: dependencies.clock.now(),
    kind: 'approved',
    actor: request.technician.objectId,
    facts: { by: 'policy', policy: hashPolicy(dependencies.policy()), ...describeTicketCheck(looked.ticketFacts) },
  } as const;
  const change = { state: 'approved', target, putOff: 0, ...renewLease(dependencies) } as const;
  const approved = makeStep(request, change, entry);
  const moved = await commitGuardedStep(dependencies, before, withMessage(dependencies, approved, opened));
  if (moved.kind === 'stale') await retireUnheld();
  return moved;

  /** No row will know where the placeholder stands, so nothing else updates it. */
  async function retireUnheld(): Promise<void> {
    if (directMessage !== undefined) await retirePlaceholder(dependencies, request, directMessage);
  }
}

/**
 * Something holds that would make a careful person stop, and the card did not show it. It shows it now, and waits for
 * another press; what was said of the caller stays.
 */
async function askOnceMore(
  dependencies: Dependencies,
  request: ResetRequest,
  { user, told }: Pick<Extract<Awaited<ReturnType<typeof checkPreconditions>>, { kind: 'unchanged' }>, 'user' | 'told'>,
): Promise<StepOutcome> {
  const { directMessage, target, proof, confirmBy } = request;
  if (directMessage !== undefined) await retirePlaceholder(dependencies, request, directMessage);
  const at = dependencies.clock.now();
  const change = {
    target: { ...target, user },
    ...(proof && { stated: proof }),
    proof: undefined,
    confirmedAt: undefined,
    directMessage: undefined,
    doubtedAt: at,
    putOff: 0,
    lease: undefined,
    // The answer to the press shows it as well, if it comes in time.
    cardIsOwed: true,
    dueAt: at,
  } as const;
  const entry = { at, kind: 'target-doubted', actor: 'locksmith', facts: describeProtection(user) } as const;
  const moved = await commitStep(dependencies, request, makeStep(request, change, entry));
  if (moved.kind !== 'moved') return moved;
  if (told !== undefined) dependencies.privateFacts.keep(request.id, told, confirmBy);
  if (hasPrivateDetails(moved.request, told)) await dependencies.messages.sendPrivateDetails(moved.request, told);
  return moved;
}

/** What is known of the direct message is committed with the approval: nothing outside happens between them. */
function withMessage(dependencies: Dependencies, approved: Step, opened: OpenedMessage | undefined): Step {
  switch (opened?.kind) {
    case undefined:
      return approved;
    case 'open':
      return joinSteps(approved, makeMessageOpenStep(dependencies, approved.after, opened.address));
    case 'closed': {
      const said = { at: dependencies.clock.now(), policy: hashPolicy(dependencies.policy()) };
      const refusal = { kind: 'no-direct-message', why: opened.why } as const;
      return joinSteps(approved, makeRefusalStep(approved.after, refusal, said));
    }
  }
}

/**
 * Opens the direct message before the facts are there, if what the card shows and the policy of now lead to a reset. Undefined
 * otherwise, and for a request that was taken over or put off: whether its facts are as good as before is in doubt.
 */
async function openAhead(dependencies: Dependencies, request: ResetRequest): Promise<OpenedMessage | undefined> {
  const { technician, target, directMessage, ticketFacts } = request;
  if (directMessage !== undefined) return { kind: 'open', address: directMessage };
  if (request.takeOvers > 0 || request.putOff > 0) return undefined;
  const policy = policyForCustomer(dependencies.policy(), target.customer.id);
  const stops = findRejectionReason(target, technician, policy) ?? findTicketRefusal(policy, ticketFacts);
  if (stops !== undefined || needsApproval(policy, target.user, ticketFacts)) return undefined;
  const permission = await isPermittedFor(dependencies, technician, target.customer.id);
  return permission === 'yes' ? dependencies.messages.openDirectMessage(request) : undefined;
}
