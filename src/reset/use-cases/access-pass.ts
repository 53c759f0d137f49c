import { type ResetRequestId, startDeadline, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import { findFreeze, refusalOfFreeze } from '../freezes.ts';
import type { Technician } from '../identity.ts';
import { recheckPreconditions } from '../policy/preconditions.ts';
import { hashPolicy, limitsOf, policyForCustomer } from '../policy/policy.ts';
import { findOwnRequest } from '../policy/requester.ts';
import type { AccessPassOutcome } from '../ports/graph-actions.ts';
import type { AccessPassState, ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import type { RunRequest } from '../workflow/commit-step.ts';
import { oweMessage } from '../workflow/direct-message/show-follow-ups.ts';
import { accessPassBinding } from '../workflow/sealed-password.ts';
import { type AccessPassPress, createAccessPassTelling, findStanding, mayGetAccessPass } from './access-pass-result.ts';

type Stopped = Extract<AccessPassPress, { kind: 'not-now' | 'stopped' }>;

/**
 * Makes the function for a press of `Temporary access pass` after a reset. It passes the gate of a reset anew: the right, the
 * freeze, the limits, the facts of now, and the second person's approval where one is needed.
 *
 * Rule: the press is written down before anything is sent, so one press makes at most one pass. The pass is sealed before it is
 * stored and stored before it is shown. Where certainly none was made, another press asks again. Where the answer was lost no one
 * will ever see that pass: it is told, and another press looks whether one is there. A pass that is there is told, and replaced
 * only by a press that comes after the person was told of it.
 */
export function createAccessPassUseCase(dependencies: Dependencies, run: RunRequest) {
  const { store, clock, followUps, delivery } = dependencies;
  const { tell, showIt, takeBackTold, show } = createAccessPassTelling(dependencies, run);
  return getAccessPass;

  /**
   * A press that loses the swap reads the row again: another press, or the hiding, may have won. `answerBy`: what is known by then
   * is told to the person, in milliseconds since 1970.
   */
  async function getAccessPass(
    id: ResetRequestId,
    technician: Technician,
    answerBy = Infinity,
  ): Promise<AccessPassPress> {
    const pressed = await findOwnRequest(dependencies, id, technician);
    if (pressed.kind !== 'own') return pressed;
    const { request } = pressed;
    const now = clock.now();
    const standing = findStanding(request, now, dependencies.durations.lease);
    if (standing !== undefined) return tell(request, standing, answerBy);
    if (request.accessPass?.outcome === 'pending') {
      const lost: AccessPassOutcome = { kind: 'unknown', trouble: { code: 'no-answer', httpStatus: undefined } };
      return settle(request, request.accessPass, lost, answerBy);
    }
    if (!mayGetAccessPass(request, delivery, now)) return { kind: 'not-now', why: 'over' };
    const stopped = await findObstacle(request);
    if (stopped !== undefined) return recordStopped(request, technician, stopped);
    const replaces = request.accessPass?.outcome === 'exists';
    const policy = policyForCustomer(dependencies.policy(), request.target.customer.id);
    const begun = makeBeginning(request);
    const entry = {
      at: begun.at,
      kind: 'access-pass-begun',
      actor: technician.objectId,
      facts: { replaces, policy: hashPolicy(dependencies.policy()) },
    } as const;
    const step = makeStep(request, { accessPass: begun }, entry);
    const claimed = await store.swap(request, { ...step, within: limitsOf(policy) });
    switch (claimed.kind) {
      case 'swapped':
        return settle(claimed.request, begun, await send(claimed.request, replaces), answerBy);
      case 'frozen': {
        const refusal = refusalOfFreeze(claimed.freeze, request);
        return recordStopped(request, technician, { kind: 'stopped', request, refusal });
      }
      case 'over-limit': {
        const { limit, againAt } = claimed;
        const refusal = { kind: 'over-limit', limit: limit.kind, most: limit.most, againAt } as const;
        return recordStopped(request, technician, { kind: 'stopped', request, refusal });
      }
      case 'stale':
      case 'user-busy':
        return getAccessPass(id, technician, answerBy);
    }
  }

  async function findObstacle(request: ResetRequest): Promise<Stopped | undefined> {
    const { customer } = request.target;
    if (policyForCustomer(dependencies.policy(), customer.id).followUps.accessPass === 'off')
      return { kind: 'not-now', why: 'off' };
    if (followUps === undefined) return { kind: 'not-now', why: 'no-consent' };
    if ((request.accessPass?.mayBeMade ?? 0) >= workflowTunables.maxAccessPasses)
      return { kind: 'not-now', why: 'too-many' };
    const freeze = await findFreeze(dependencies, customer.id);
    if (freeze !== undefined) return { kind: 'stopped', request, refusal: refusalOfFreeze(freeze, request) };
    const looked = await recheckPreconditions(dependencies, request);
    if (looked.kind === 'stopped') return { kind: 'stopped', request, refusal: looked.refusal };
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

  function makeBeginning({ accessPass }: ResetRequest): AccessPassState {
    return { ...nothingOf(clock.now()), outcome: 'pending', mayBeMade: (accessPass?.mayBeMade ?? 0) + 1 };
  }

  async function send({ target, correlationId }: ResetRequest, replaces: boolean): Promise<AccessPassOutcome> {
    const deadline = startDeadline(clock, dependencies.durations.resetTry);
    try {
      const operation = { customer: target.customer.id, user: target.user.id, correlationId, replaces };
      return (await followUps?.accessPass(operation, deadline.signal)) ?? { kind: 'not-asked' };
    } finally {
      deadline.cancel();
    }
  }

  /** The hiding may have changed the row while Graph answered. Then the pass is not kept, because no one may see it any more. */
  async function settle(
    request: ResetRequest,
    begun: AccessPassState,
    outcome: AccessPassOutcome,
    answerBy: number,
  ): Promise<AccessPassPress> {
    const at = clock.now();
    const isInTime = at < answerBy;
    const described = describe(request, begun, outcome, at);
    const accessPass = { ...described, toldAt: isInTime ? at : undefined };
    const facts = {
      outcome: accessPass.outcome,
      trouble: accessPass.code ?? null,
      lifetimeInMinutes: accessPass.lifetimeInMinutes ?? null,
    };
    const entry = { at, kind: 'access-pass-ended', actor: 'locksmith', facts } as const;
    // With `reveal` the client that pressed gets the card with both, which a message that is put would take away.
    const isShownHere = delivery === 'reveal' && accessPass.outcome === 'made' && isInTime;
    const owed = isShownHere ? {} : oweMessage(request, at);
    const swapped = await store.swap(request, makeStep(request, { accessPass, ...owed }, entry));
    if (swapped.kind === 'swapped') {
      if (swapped.request.messageOwed !== undefined) await showIt(swapped.request);
      if (clock.now() >= answerBy) return takeBackTold(swapped.request, accessPass);
      return accessPass.outcome === 'made'
        ? show(swapped.request, accessPass)
        : { kind: 'pressed', request: swapped.request, outcome: accessPass };
    }
    const now = await store.find(request.id);
    if (now === undefined) return { kind: 'unknown' };
    // Somebody else has settled it, as a press does that comes after the time for an answer.
    if (now.accessPass?.outcome !== 'pending' || now.accessPass.at !== begun.at)
      return { kind: 'pressed', request: now, outcome: now.accessPass ?? accessPass };
    return settle(now, begun, outcome, answerBy);
  }

  function describe(
    request: ResetRequest,
    begun: AccessPassState,
    outcome: AccessPassOutcome,
    at: number,
  ): AccessPassState {
    const nothing = { ...nothingOf(at), mayBeMade: begun.mayBeMade };
    // Certainly none was made, so this one does not count.
    const none = { ...nothing, mayBeMade: begun.mayBeMade - 1 };
    switch (outcome.kind) {
      case 'made': {
        const { lifetimeInMinutes } = outcome;
        if (!mayGetAccessPass(request, delivery, at)) return { ...nothing, outcome: 'unseen', lifetimeInMinutes };
        const sealed = dependencies.sealer.seal(outcome.pass, accessPassBinding(request));
        return { ...nothing, outcome: 'made', lifetimeInMinutes, sealed };
      }
      case 'unusable':
        return { ...nothing, outcome: 'unusable', code: outcome.reason };
      case 'exists':
      case 'not-asked':
        return { ...none, outcome: outcome.kind };
      case 'refused':
        return { ...none, outcome: outcome.kind, code: outcome.trouble.code };
      case 'unknown':
        return { ...nothing, outcome: outcome.kind, code: outcome.trouble.code };
    }
  }
}

function nothingOf(at: number) {
  return { at, code: undefined, lifetimeInMinutes: undefined, sealed: undefined, toldAt: undefined } as const;
}
