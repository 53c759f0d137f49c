import { mayStayUnread, type ResetRequestId } from '../../base/index.ts';
import { identifyRequest } from '../alarm.ts';
import type { Dependencies } from '../dependencies.ts';
import type { MessageAddress, Technician } from '../identity.ts';
import { hashPolicy, limitsOf, policyForCustomer, type ReachedLimit } from '../policy/policy.ts';
import { findOwnRequest } from '../policy/requester.ts';
import { isPermittedFor } from '../policy/rights.ts';
import { type CallerVerification, cardAddressOf, nameShownDoubt, type ResetRequest } from '../request.ts';
import { isWaitingForConfirmation, mayBeCancelled } from '../request-status.ts';
import { hasPrivateDetails } from '../private-facts.ts';
import { makeStep } from '../step.ts';
import { describeTicketCheck, lookUpUnshown } from '../tickets/ticket-check.ts';
import { nameShownTicket, type TicketFacts } from '../ports/tickets.ts';
import { expireIfUnanswered, refuse, type RunRequest } from '../workflow/commit-step.ts';
import { addStated, checkVerification, type VerificationLack } from './caller-verification.ts';

/**
 * What a press says. `shown` names what its card warned of a ticket, by `nameShownTicket`, and `doubted` what it showed that came
 * up at an earlier press, by `nameShownDoubt`; left out: nothing.
 */
export type SaidAtPress = {
  readonly verification: string;
  readonly ticket: string;
  readonly shown?: string | undefined;
  readonly doubted?: string | undefined;
};

/** What a press of `Reset password` did. */
export type Confirmation =
  /** This press began it; `done` settles when nothing more can be done now. */
  | { readonly kind: 'begun'; readonly request: ResetRequest; readonly done: Promise<ResetRequest> }
  /** An earlier press, or the clock, was first: the request as it stands. */
  | { readonly kind: 'as-it-stands'; readonly request: ResetRequest }
  | { readonly kind: 'proof-lacking'; readonly lack: VerificationLack }
  /** The ticket that was typed does not fit. Nothing is changed; its card warns now, and the next press goes on. */
  | { readonly kind: 'ticket-doubted'; readonly request: ResetRequest }
  /** Something about the person came up at an earlier press, and the card of this one does not show it. Nothing is changed. */
  | { readonly kind: 'target-doubted'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Confirms a proposal. One compare-and-swap claims the press. The workflow reads rights, roles and target after that,
 * so twenty presses at once ask Partner Center once. The same transaction checks the limits, so presses at the same
 * moment cannot pass together. A request over a limit is refused. `pressedMessage` is the message whose button was
 * pressed: it becomes the address of the card if none is stored yet.
 */
export function createConfirm(dependencies: Dependencies, run: RunRequest) {
  const { store, clock, raiseAlarm } = dependencies;
  return confirm;

  /** A press that loses a swap looks again: what won may have been something smaller than another press. */
  async function confirm(
    id: ResetRequestId,
    technician: Technician,
    said: SaidAtPress,
    pressedMessage?: MessageAddress,
  ): Promise<Confirmation> {
    const pressed = await findOwnRequest(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (!isWaitingForConfirmation(request)) return { kind: 'as-it-stands', request };
    const now = clock.now();
    if (now >= request.confirmBy)
      return { kind: 'as-it-stands', request: await expireIfUnanswered(dependencies, request) };
    if ((said.doubted ?? '') !== nameShownDoubt(request)) return { kind: 'target-doubted', request };
    const policy = policyForCustomer(dependencies.policy(), request.target.customer.id);
    const warns = policy.ticketMismatch === 'warn';
    // Its card had no input for the ticket that is warned of by now.
    if (warns && said.ticket.trim() === '' && isUnseen(request.ticketFacts, said)) {
      return { kind: 'ticket-doubted', request };
    }
    const checked = checkVerification(addStated(said, request, policy), policy);
    if (checked.kind === 'lacking') {
      await recordMadeUp(request, technician, checked.lack);
      return { kind: 'proof-lacking', lack: checked.lack };
    }
    const { proof } = checked;
    const seen = warns ? await lookUpTyped(request, technician, proof) : request;
    if (warns && isUnseen(seen.ticketFacts, said)) return doubt(request, seen, proof, pressedMessage);
    const lease = { owner: dependencies.instance, until: now + dependencies.durations.lease };
    const step = makeStep(
      seen,
      {
        confirmedAt: now,
        proof,
        lease,
        dueAt: lease.until,
        card: cardAddressOf(request, pressedMessage),
        cardIsOwed: false,
        putOff: 0,
      },
      {
        at: now,
        kind: 'confirmed',
        actor: technician.objectId,
        facts: {
          verification: proof.verification ?? null,
          ticket: proof.ticket ?? null,
          policy: hashPolicy(dependencies.policy()),
        },
      },
    );
    const claimed = await store.swap(request, { ...step, within: limitsOf(policy) });
    switch (claimed.kind) {
      case 'swapped':
        dependencies.privateFacts.forget(id);
        return begin(claimed.request);
      case 'over-limit':
        return (await refuseOverLimit({ ...request, proof }, claimed)) ?? confirm(id, technician, said, pressedMessage);
      case 'stale':
      case 'frozen':
      case 'user-busy':
        return confirm(id, technician, said, pressedMessage);
    }
  }

  /** `run` logs a failure, and the next poll goes on. */
  function begin(request: ResetRequest): Confirmation {
    return { kind: 'begun', request, done: mayStayUnread(run(request, { isClaimed: true })) };
  }

  /** A person without the right is told nothing of a ticket. The workflow refuses the request. */
  async function lookUpTyped(
    request: ResetRequest,
    technician: Technician,
    proof: CallerVerification,
  ): Promise<ResetRequest> {
    const isPermitted =
      proof.ticket === undefined ||
      (await isPermittedFor(dependencies, technician, request.target.customer.id)) === 'yes';
    return isPermitted ? lookUpUnshown(dependencies, request, proof) : request;
  }

  /**
   * Keeps what the ticket system says, so that the card warns before anything is reset. The card asks for the ticket again, with
   * this one in its input. What is kept already is shown again: the press was of a card without it.
   */
  async function doubt(
    request: ResetRequest,
    seen: ResetRequest,
    { verification }: CallerVerification,
    pressedMessage: MessageAddress | undefined,
  ): Promise<Confirmation> {
    if (seen === request) return { kind: 'ticket-doubted', request };
    const stated = { verification, ticket: undefined };
    const step = makeStep(
      seen,
      { stated, card: cardAddressOf(request, pressedMessage) },
      {
        at: clock.now(),
        kind: 'ticket-doubted',
        actor: request.technician.objectId,
        facts: describeTicketCheck(seen.ticketFacts),
      },
    );
    const swapped = await store.swap(request, step);
    if (swapped.kind === 'swapped') {
      // Among others the card warns and says that the rest stands in the requester's own chat.
      if (hasPrivateDetails(swapped.request, undefined))
        await dependencies.messages.sendPrivateDetails(swapped.request, undefined);
      return { kind: 'ticket-doubted', request: swapped.request };
    }
    const now = (await store.find(request.id)) ?? request;
    return { kind: isWaitingForConfirmation(now) ? 'ticket-doubted' : 'as-it-stands', request: now };
  }

  /** No card offers what the policy does not have, so somebody or an older card made it up. What it was stays out of the trail. */
  async function recordMadeUp({ id }: ResetRequest, person: Technician, reason: VerificationLack): Promise<void> {
    if (reason !== 'verification-unknown' && reason !== 'ticket-too-long') return;
    const facts = { reason, policy: hashPolicy(dependencies.policy()) };
    await store.record({ at: clock.now(), kind: 'click-refused', actor: person.objectId, person, facts }, id);
  }

  /** Returns undefined if another step has moved the request meanwhile. */
  async function refuseOverLimit(
    request: ResetRequest,
    { limit: { kind: limit, most }, againAt }: ReachedLimit,
  ): Promise<Confirmation | undefined> {
    const moved = await refuse(dependencies, request, { kind: 'over-limit', limit, most, againAt });
    if (moved.kind !== 'moved') return undefined;
    raiseAlarm({ kind: 'limit-reached', ...identifyRequest(request), limit, most });
    return { kind: 'as-it-stands', request: moved.request };
  }
}

/** Whether there is a warning to be shown first that the card of this press did not have. */
function isUnseen(facts: TicketFacts | undefined, { shown = '' }: SaidAtPress): boolean {
  return !['', shown].includes(nameShownTicket(facts));
}

export type Cancellation =
  | { readonly kind: 'as-it-stands'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/** Cancels a request that waits for confirmation, for approval or for a sign-in. Any other request stays as it is. */
export function createCancel(dependencies: Dependencies) {
  return cancel;

  /** A press that loses a swap looks again: what won may have been something smaller than another press. */
  async function cancel(id: ResetRequestId, technician: Technician): Promise<Cancellation> {
    const pressed = await findOwnRequest(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (!mayBeCancelled(request)) return { kind: 'as-it-stands', request };
    const now = dependencies.clock.now();
    const expired = await expireIfUnanswered(dependencies, request);
    if (expired.version !== request.version) return { kind: 'as-it-stands', request: expired };
    const step = makeStep(
      request,
      {
        state: 'cancelled',
        endedAt: now,
        endedBy: technician.name,
        cardIsOwed: true,
        sealedPassword: undefined,
        putOff: 0,
        lease: undefined,
        dueAt: now,
      },
      { at: now, kind: 'cancelled', actor: technician.objectId },
    );
    const swapped = await dependencies.store.swap(request, step);
    if (swapped.kind === 'swapped') dependencies.privateFacts.forget(id);
    return swapped.kind === 'swapped' ? { kind: 'as-it-stands', request: swapped.request } : cancel(id, technician);
  }
}
