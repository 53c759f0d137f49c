import { type ResetRequestId, type Secret, startDeadline, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { findFreeze, refusalOfFreeze } from '../freezes.ts';
import type { Technician } from '../identity.ts';
import { recheckPreconditions } from '../policy/eligibility.ts';
import { hashPolicy, limitsOf, policyForCustomer } from '../policy/policy.ts';
import { findOwnRequest } from '../policy/requester.ts';
import type { AccessPassOutcome } from '../ports/graph-actions.ts';
import type { Refusal } from '../refusal.ts';
import type { AccessPassState, ResetRequest } from '../request.ts';
import { makeStep, type Step } from '../step.ts';
import type { RunRequest } from '../workflow/commit-step.ts';
import { accessPassBinding, openAccessPass, openSealedPassword } from '../workflow/sealed-password.ts';

/** What a press of `Temporary access pass` did. */
export type AccessPassPress =
  /** Where passes are shown to the client that pressed: the card with both. */
  | { readonly kind: 'shown'; readonly request: ResetRequest; readonly password: Secret; readonly pass: Secret }
  /** It was pressed, now or before, and this is what came of it. */
  | { readonly kind: 'pressed'; readonly outcome: AccessPassState }
  /** Nothing was sent. `over`: the password is not shown. `off`: the policy does not allow it. */
  | { readonly kind: 'not-now'; readonly why: 'over' | 'off' | 'no-consent' }
  /** Nothing was sent, for a reason that would refuse a reset too. */
  | { readonly kind: 'stopped'; readonly refusal: Refusal }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'not-yours' };

type Stopped = Extract<AccessPassPress, { kind: 'not-now' | 'stopped' }>;

/**
 * Makes the function for a press of `Temporary access pass` after a reset. It passes the gate of a reset anew: the right, the
 * freeze, the limits, the facts of now, and the second person's approval where one is needed.
 *
 * Rule: the press is written down before anything is sent, so one press makes at most one pass. The pass is sealed before it is
 * stored and stored before it is shown. Where the answer was lost nobody will ever see that pass. It is told, and another press,
 * some seconds later, makes one in its place. The same holds for a pass that was there before.
 */
export function createAccessPassUseCase(dependencies: Dependencies, run: RunRequest) {
  const { store, clock, followUps, delivery } = dependencies;
  return getAccessPass;

  /** A press that loses the swap reads the row again: another press, or the hiding, may have won. */
  async function getAccessPass(id: ResetRequestId, technician: Technician): Promise<AccessPassPress> {
    const pressed = await findOwnRequest(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    const now = clock.now();
    const settled = findSettled(request, now);
    // A pass that is there is shown by `Show password`, which asks for the right and counts the view.
    if (settled !== undefined) return { kind: 'pressed', outcome: settled };
    if (request.accessPass?.outcome === 'pending') {
      const lost: AccessPassOutcome = { kind: 'unknown', trouble: { code: 'no-answer', httpStatus: undefined } };
      return settle(request, lost);
    }
    if (!mayGetAccessPass(request, delivery, now)) return { kind: 'not-now', why: 'over' };
    const stopped = await findObstacle(request);
    if (stopped !== undefined) return recordStopped(request, technician, stopped);
    const replaces = request.accessPass !== undefined;
    const policy = policyForCustomer(dependencies.policy(), request.target.customer.id);
    const step = makeBeginning(request, technician, replaces);
    const claimed = await store.swap(request, { ...step, within: limitsOf(policy) });
    switch (claimed.kind) {
      case 'swapped':
        return send(claimed.request, replaces);
      case 'frozen':
        return recordStopped(request, technician, { kind: 'stopped', refusal: refusalOfFreeze(claimed.freeze) });
      case 'over-limit': {
        const { limit, againAt } = claimed;
        const refusal = { kind: 'over-limit', limit: limit.kind, most: limit.most, againAt } as const;
        return recordStopped(request, technician, { kind: 'stopped', refusal });
      }
      case 'stale':
      case 'user-busy':
        return getAccessPass(id, technician);
    }
  }

  /** What an earlier press brought, where this one changes nothing. A press that comes at once is the same press, repeated. */
  function findSettled({ accessPass }: ResetRequest, now: number): AccessPassState | undefined {
    if (accessPass === undefined) return undefined;
    const age = now - accessPass.at;
    if (accessPass.outcome === 'pending') return age < dependencies.durations.lease ? accessPass : undefined;
    const isAnother =
      mayReplaceAccessPass(accessPass.outcome) && age >= workflowTunables.accessPassAgainAfterMilliseconds;
    return isAnother ? undefined : accessPass;
  }

  async function findObstacle(request: ResetRequest): Promise<Stopped | undefined> {
    const { customer } = request.target;
    if (policyForCustomer(dependencies.policy(), customer.id).followUps.accessPass === 'off')
      return { kind: 'not-now', why: 'off' };
    if (followUps === undefined) return { kind: 'not-now', why: 'no-consent' };
    const freeze = await findFreeze(dependencies, customer.id);
    if (freeze !== undefined) return { kind: 'stopped', refusal: refusalOfFreeze(freeze) };
    const looked = await recheckPreconditions(dependencies, request);
    if (looked.kind === 'stopped') return { kind: 'stopped', refusal: looked.refusal };
    // The policy may have changed while Partner Center answered.
    const isOff = policyForCustomer(dependencies.policy(), customer.id).followUps.accessPass === 'off';
    return isOff ? { kind: 'not-now', why: 'off' } : undefined;
  }

  async function recordStopped({ id }: ResetRequest, person: Technician, stopped: Stopped): Promise<AccessPassPress> {
    const reason = `access-pass-${stopped.kind === 'stopped' ? stopped.refusal.kind : stopped.why}`;
    const facts = { reason, policy: hashPolicy(dependencies.policy()) };
    await store.record({ at: clock.now(), kind: 'click-refused', actor: person.objectId, facts }, id);
    return stopped;
  }

  function makeBeginning(request: ResetRequest, { objectId }: Technician, replaces: boolean): Step {
    const at = clock.now();
    const accessPass = { ...nothingOf(at), outcome: 'pending' } as const;
    const facts = { replaces, policy: hashPolicy(dependencies.policy()) };
    return makeStep(request, { accessPass }, { at, kind: 'access-pass-begun', actor: objectId, facts });
  }

  async function send(request: ResetRequest, replaces: boolean): Promise<AccessPassPress> {
    const { target, correlationId } = request;
    const deadline = startDeadline(clock, dependencies.durations.resetTry);
    try {
      const operation = { customer: target.customer.id, user: target.user.id, correlationId, replaces };
      return await settle(request, (await followUps?.accessPass(operation, deadline.signal)) ?? { kind: 'not-asked' });
    } finally {
      deadline.cancel();
    }
  }

  /** The hiding may have changed the row while Graph answered. Then the pass is not kept, because nobody may see it any more. */
  async function settle(request: ResetRequest, outcome: AccessPassOutcome): Promise<AccessPassPress> {
    const at = clock.now();
    const accessPass = describe(request, outcome, at);
    const isOwed = accessPass.putsOwed !== undefined;
    const facts = {
      outcome: accessPass.outcome,
      trouble: accessPass.code ?? null,
      lifetimeInMinutes: accessPass.lifetimeInMinutes ?? null,
    };
    const entry = { at, kind: 'access-pass-ended', actor: 'locksmith', facts } as const;
    const step = makeStep(request, { accessPass, ...(isOwed && { dueAt: at }) }, entry);
    const swapped = await store.swap(request, step);
    if (swapped.kind === 'swapped') {
      if (isOwed) await run(swapped.request);
      return accessPass.outcome === 'made'
        ? show(swapped.request, accessPass)
        : { kind: 'pressed', outcome: accessPass };
    }
    const now = await store.find(request.id);
    if (now === undefined) return { kind: 'unknown' };
    // Somebody else has settled it, as a press does that comes after the time for an answer.
    if (now.accessPass?.outcome !== 'pending' || now.accessPass.at !== request.accessPass?.at)
      return { kind: 'pressed', outcome: now.accessPass ?? accessPass };
    return settle(now, outcome);
  }

  function describe(request: ResetRequest, outcome: AccessPassOutcome, at: number): AccessPassState {
    const nothing = nothingOf(at);
    switch (outcome.kind) {
      case 'made': {
        const { lifetimeInMinutes } = outcome;
        if (!mayGetAccessPass(request, delivery, at)) return { ...nothing, outcome: 'unseen', lifetimeInMinutes };
        const sealed = dependencies.sealer.seal(outcome.pass, accessPassBinding(request));
        const putsOwed = delivery === 'message' ? 0 : undefined;
        return { ...nothing, outcome: 'made', lifetimeInMinutes, sealed, putsOwed };
      }
      case 'unusable':
        return { ...nothing, outcome: 'unusable', code: outcome.reason };
      case 'exists':
      case 'not-asked':
        return { ...nothing, outcome: outcome.kind };
      case 'refused':
      case 'unknown':
        return { ...nothing, outcome: outcome.kind, code: outcome.trouble.code };
    }
  }

  /** With `reveal`, the client that pressed gets both. Otherwise both stand in the direct message. */
  function show(request: ResetRequest, outcome: AccessPassState): AccessPassPress {
    const { hideAt } = request;
    const isShown = request.state === 'delivered' && hideAt !== undefined && clock.now() < hideAt;
    if (delivery === 'message' || !isShown) return { kind: 'pressed', outcome };
    const password = openSealedPassword(dependencies, request);
    const pass = openAccessPass(dependencies, request);
    if (password.kind !== 'opened' || pass === undefined) return { kind: 'pressed', outcome };
    return { kind: 'shown', request, password: password.secret, pass };
  }
}

function nothingOf(at: number) {
  return { at, code: undefined, lifetimeInMinutes: undefined, sealed: undefined, putsOwed: undefined } as const;
}

/**
 * Whether a Temporary Access Pass may be asked for: the password is shown, and no press before this one has settled it. With
 * `reveal` it is shown once the requester has opened it.
 */
export function mayGetAccessPass(request: ResetRequest, delivery: 'message' | 'reveal', now: number): boolean {
  const { state, deliveredAt, revealedAt, hideAt, sealedPassword, accessPass } = request;
  if (state !== 'delivered' || deliveredAt === undefined || sealedPassword === undefined) return false;
  if (hideAt === undefined || now >= hideAt) return false;
  if (delivery === 'reveal' && revealedAt === undefined) return false;
  const outcome = accessPass?.outcome;
  return outcome === undefined || outcome === 'pending' || mayReplaceAccessPass(outcome);
}

/** Whether another press makes a pass in place of one that nobody here can see. */
export function mayReplaceAccessPass(outcome: AccessPassState['outcome']): boolean {
  return outcome === 'exists' || outcome === 'unknown';
}
