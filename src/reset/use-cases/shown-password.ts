import type { ResetRequestId, Secret } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Technician } from '../identity.ts';
import { findOwnRequest } from '../policy/requester.ts';
import { hashPolicy, policyForCustomer } from '../policy/policy.ts';
import { isPermittedFor } from '../policy/rights.ts';
import type { ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import { commitStep, type RunRequest, type StepOutcome } from '../workflow/commit-step.ts';
import { openAccessPass, openSealedPassword } from '../workflow/sealed-password.ts';
import { findWhyNotShown } from '../workflow/direct-message/show-follow-ups.ts';
import { giveUpDelivery } from '../workflow/direct-message/undelivered.ts';
import type { Cancellation } from './confirmation.ts';

type Revelation =
  | {
      readonly kind: 'revealed';
      readonly request: ResetRequest;
      readonly password: Secret;
      /** The Temporary Access Pass that goes with it, where one was made. */
      readonly accessPass: Secret | undefined;
    }
  | { readonly kind: 'as-it-stands'; readonly request: ResetRequest }
  /** `not-here`: only another instance has the sealing key. `unreadable`: the password does not open with its key. */
  | { readonly kind: 'not-here' | 'unreadable'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

/**
 * Makes the function that gives the password to the client on which the requester presses `Show password`.
 *
 * It gives the same password each time, until the requester acknowledges it or its time is over. The time starts with the
 * first view. The policy must still permit the requester to reset for this customer: otherwise the press erases the
 * password, and where no one has seen it the delivery is given up. Rule: each view is a step that is
 * stored before the password is given, so a view and the hiding cannot both win.
 */
export function createReveal(dependencies: Dependencies) {
  return reveal;

  /** A press that loses the swap reads the row again. Another view may have won, or the hiding. */
  async function reveal(id: ResetRequestId, technician: Technician): Promise<Revelation> {
    const pressed = await findOwnRequest(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    const now = dependencies.clock.now();
    const ended = request.hideAt === undefined || request.hideAt <= now;
    if (request.state !== 'delivered' || ended) return { kind: 'as-it-stands', request };
    const policy = policyForCustomer(dependencies.policy(), request.target.customer.id);
    const permission = await isPermittedFor(dependencies, technician, request.target.customer.id);
    if (permission !== 'yes') {
      const facts = { reason: permission, policy: hashPolicy(dependencies.policy()) };
      const refused = { at: now, kind: 'click-refused', actor: technician.objectId, facts } as const;
      await dependencies.store.record(refused, id);
      if (permission === 'groups-unknown') return { kind: 'as-it-stands', request };
      const ending = await endWithoutRight(request, now);
      return ending.kind === 'moved' ? { kind: 'as-it-stands', request: ending.request } : reveal(id, technician);
    }
    const opened = openSealedPassword(dependencies, request);
    if (opened.kind === 'key-missing') return { kind: 'not-here', request };
    if (opened.kind === 'broken') return { kind: 'unreadable', request };
    const views = request.views + 1;
    const entry = {
      at: now,
      kind: 'revealed',
      actor: technician.objectId,
      facts: { view: views, first: request.revealedAt === undefined, policy: hashPolicy(dependencies.policy()) },
    } as const;
    const hideAt = now + policy.showPasswordForMinutes * 60_000;
    const first = { revealedAt: now, hideAt, dueAt: request.cardIsOwed ? request.dueAt : hideAt };
    const change = request.revealedAt === undefined ? { ...first, views } : { views };
    const hasPass = request.accessPass?.sealed !== undefined;
    const showsPass = hasPass && (await findWhyNotShown(dependencies, request)) === undefined;
    const swapped = await dependencies.store.swap(request, makeStep(request, change, entry));
    if (swapped.kind !== 'swapped') return reveal(id, technician);
    await dependencies.followUps?.recall(request.target.customer.id);
    const accessPass = showsPass ? openAccessPass(dependencies, swapped.request) : undefined;
    return { kind: 'revealed', request: swapped.request, password: opened.secret, accessPass };
  }

  /** A password that was seen was delivered, so it is only hidden. One that no one has seen is given up. */
  function endWithoutRight(request: ResetRequest, now: number): Promise<StepOutcome> {
    if (request.revealedAt === undefined) {
      return giveUpDelivery(dependencies, request, { why: 'right-ended', by: undefined });
    }
    const step = makeStep(
      request,
      { sealedPassword: undefined, hideAt: now, dueAt: now, putOff: 0 },
      { at: now, kind: 'given-up', actor: 'locksmith', facts: { why: 'right-ended', views: request.views } },
    );
    return commitStep(dependencies, request, step);
  }
}

/**
 * Makes the function for the press by which the requester reports that they have handed the password over. The password is
 * hidden at once. A second press changes nothing and returns the request.
 */
export function createAcknowledge(dependencies: Dependencies, run: RunRequest) {
  return acknowledge;

  /** A press that loses the swap reads the row again. The step that won may only have updated a card. */
  async function acknowledge(id: ResetRequestId, technician: Technician): Promise<Cancellation> {
    const pressed = await findOwnRequest(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    if (request.state === 'delivering') {
      // The requester can read the password and press before the step to `delivered` is stored.
      const carried = await run(request);
      if (carried.state === 'delivered') return acknowledge(id, technician);
    }
    if (request.state !== 'delivered') return { kind: 'as-it-stands', request };
    const now = dependencies.clock.now();
    const swapped = await dependencies.store.swap(
      request,
      makeStep(
        request,
        { hideAt: now, dueAt: now, putOff: 0 },
        { at: now, kind: 'passed-on', actor: technician.objectId },
      ),
    );
    if (swapped.kind === 'swapped') return { kind: 'as-it-stands', request: await run(swapped.request) };
    return acknowledge(id, technician);
  }
}
