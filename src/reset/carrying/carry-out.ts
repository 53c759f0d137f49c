import { askApprovers } from './steps/ask-approvers.ts';
import { answerCards } from './steps/answer-cards.ts';
import { beginDelivery } from './steps/begin-delivery.ts';
import { decide } from './steps/decide.ts';
import { deliver } from './steps/deliver.ts';
import { handOver } from './steps/hand-over.ts';
import { hide } from './steps/hide.ts';
import { openMessage } from './steps/open-message.ts';
import { settleDecision } from './steps/settle-decision.ts';
import { showDecision } from './steps/show-decision.ts';
import { isAskedEverywhere } from '../approval/is-asked-everywhere.ts';
import { sealPassword } from './steps/seal-password.ts';
import { refuse } from './steps/refuse.ts';
import { settleRestored } from './steps/settle-restored.ts';
import { takeOver } from './steps/take-over.ts';
import { takeUpAgain } from './steps/take-up-again.ts';
import { tryReset } from './steps/try-reset.ts';
import { isFromBackup } from './is-from-backup.ts';
import { isLeftToAnother } from './is-left-to-another.ts';
import { owesEndOfWait } from '../approval/owes-end-of-wait.ts';
import { isTooOld } from './is-too-old.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';

/**
 * One step of a request. `moved`: the swap was made, the request stands as given; `stale`: somebody else has moved it;
 * `rest`: nothing to do before `dueAt`.
 */
export type Moved =
  { readonly kind: 'moved'; readonly request: ResetRequest } | { readonly kind: 'stale' } | { readonly kind: 'rest' };

/** With `isTaken` the caller has just written down that this process has it in hand. */
export type CarryOut = (request: ResetRequest, isTaken?: boolean) => Promise<ResetRequest>;

/**
 * Carries a request on, step by step, as far as it goes now; resolves to the request as it then stands. It begins with
 * the row as it is, because what the caller has read may be old, and with what this process left unfinished before; a step that
 * lost a swap looks again. Once `givenUp` is aborted it takes no further step, and leaves the request to whoever comes next.
 */
export function createCarryOut(tools: Tools, givenUp: AbortSignal): CarryOut {
  return async (request, isTaken = false) => {
    let current = (await tools.store.find(request.id)) ?? request;
    let again = isTaken ? undefined : takeUpAgain(tools, current);
    for (;;) {
      const moved = await (again ?? (givenUp.aborted ? handOver(tools, current) : takeStep(tools, current, givenUp)));
      again = undefined;
      if (moved.kind === 'rest') return current;
      const next = moved.kind === 'moved' ? moved.request : await tools.store.find(current.id);
      if (next === undefined || next.version === current.version) return current;
      current = next;
    }
  };
}

/**
 * The step that a request's state asks for. Without a lease of our own only those steps are taken that harm nobody
 * twice, and none while somebody holds one: their try may be on its way.
 */
function takeStep(tools: Tools, request: ResetRequest, givenUp: AbortSignal): Promise<Moved> {
  const now = tools.clock.now();
  const leased = request.lease !== undefined && request.lease.until > now;
  const ours = leased && request.lease.owner === tools.instance;
  const due = !leased && request.dueAt !== undefined && request.dueAt <= now;
  if ((ours || due) && isFromBackup(request, tools.restoredFrom)) {
    return settleRestored(tools, request);
  }
  if ((ours || due) && isTooOld(request, now)) return refuse(tools, request, { kind: 'too-old' });
  switch (request.state) {
    case 'proposed':
      if (request.confirmedAt === undefined) return rest();
      return ours ? decide(tools, request) : claim();
    case 'approved':
      if (!ours) return claim();
      return request.approval?.isShown === false ? showDecision(tools, request) : openMessage(tools, request);
    case 'message-open':
      return ours ? sealPassword(tools, request) : claim();
    case 'sealed':
      return ours ? tryReset(tools, request, givenUp) : claim();
    case 'reset':
    case 'needs-attention':
      return ours ? beginDelivery(tools, request) : claim();
    case 'delivering':
      return ours ? deliver(tools, request) : claim();
    case 'resetting':
      return claim();
    case 'delivered':
      if (due && request.hideAt !== undefined && request.hideAt <= now) return hide(tools, request);
      return answer();
    case 'hidden':
    case 'refused':
    case 'cancelled':
    case 'declined':
    case 'expired':
      return answer();
    case 'awaiting-approval':
      return waitForApproval();
  }

  function waitForApproval(): Promise<Moved> {
    const { approval } = request;
    if (approval?.decision !== undefined) return ours ? settleDecision(tools, request) : claim();
    if (approval !== undefined && !isAskedEverywhere(approval)) return ours ? askApprovers(tools, request) : claim();
    return answer();
  }

  /** What is said anew, and not put in place of what stands, is said by one process at a time. */
  function answer(): Promise<Moved> {
    if (owesEndOfWait(request)) return ours ? answerCards(tools, request) : claim();
    return due && request.cardIsOwed ? answerCards(tools, request) : rest();
  }

  function claim(): Promise<Moved> {
    return due && !isLeftToAnother(tools, request, now) ? takeOver(tools, request) : rest();
  }
}

function rest(): Promise<Moved> {
  return Promise.resolve({ kind: 'rest' });
}
