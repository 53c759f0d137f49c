import { mayStayUnread, type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import { identifyRequest } from '../alarm.ts';
import { type Decision, isAskedEverywhere, isAskedIn } from '../policy/approval.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import { findApprover, type NotApprover } from '../policy/approvers.ts';
import { hashPolicy } from '../policy/policy.ts';
import { bypassGroupCache } from '../policy/groups.ts';
import { isLeased, type ResetRequest } from '../request.ts';
import { isWaitingForApproval } from '../request-status.ts';
import { makeStep } from '../step.ts';
import { expireIfUnanswered, renewLease, type RunRequest } from '../workflow/commit-step.ts';

/** What a press of `Approve` or `Decline` did. */
export type ApprovalPress =
  /** This press decided the request. `done` settles when the run that it started comes to rest. */
  | { readonly kind: 'begun'; readonly request: ResetRequest; readonly done: Promise<ResetRequest> }
  /** Another person, an earlier press or the time limit was first. `request` is the present version. */
  | { readonly kind: 'as-it-stands'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  /** The approval cards are being posted at this moment, so the decision cannot be stored yet. */
  | { readonly kind: 'too-early' }
  | { readonly kind: 'not-allowed'; readonly why: NotApprover | 'elsewhere' };

/**
 * Makes the function that stores the decision of a second person. One compare-and-swap stores it, so only the first counts.
 *
 * The right to decide is looked up at the press, without the cache of groups. The facts and the policy are looked up
 * afterwards, by the run of the request. A press that has no effect is recorded in the audit log.
 */
export function createDecideApproval(dependencies: Dependencies, run: RunRequest) {
  const { store, clock, raiseAlarm } = dependencies;

  return async (
    id: ResetRequestId,
    person: Technician,
    pressedIn: Conversation,
    said: Decision['kind'],
  ): Promise<ApprovalPress> => {
    for (let tried = 0; tried < useCaseTunables.maxDecisionTries; tried += 1) {
      const taken = await take(id, person, pressedIn, said);
      if (typeof taken === 'object') return taken;
      if (taken === 'busy') await pause();
    }
    return { kind: 'too-early' };
  };

  /** `overtaken`: the row has changed, so read it again at once. `busy`: another run has it, so read it again after a pause. */
  async function take(
    id: ResetRequestId,
    person: Technician,
    pressedIn: Conversation,
    said: Decision['kind'],
  ): Promise<ApprovalPress | 'overtaken' | 'busy'> {
    const found = await store.find(id);
    if (found === undefined) return { kind: 'unknown' };
    const request = await afterAsking(found);
    const { approval } = request;
    const approver = await findApprover(
      { ...dependencies, groups: bypassGroupCache(dependencies.groups) },
      request,
      person,
    );
    const isThere = approval !== undefined && isAskedIn(approval, pressedIn);
    if (approver.kind === 'none') return notAllowed(request, person, approver.why);
    const isOver = !isWaitingForApproval(request);
    // The request may have ended before the address of this card was stored. The direct message proves who was asked.
    const mayBeLost = approval !== undefined && isOver && pressedIn.kind === 'personal';
    if (!isThere && !mayBeLost) {
      const isOnItsWay =
        request.state === 'awaiting-approval' && approval !== undefined && !isAskedEverywhere(approval);
      return isOnItsWay ? 'busy' : notAllowed(request, person, 'elsewhere');
    }
    if (isOver) {
      await refuseClick(request, person, 'already-decided');
      return { kind: 'as-it-stands', request };
    }
    const now = clock.now();
    if (now >= approval.approveBy) {
      await refuseClick(request, person, 'expired');
      return { kind: 'as-it-stands', request: await run(await expireIfUnanswered(dependencies, request)) };
    }
    if (isLeased(request, now)) return 'busy';
    const decision: Decision = { kind: said, by: person, at: now, right: approver.right };
    const facts = { right: decision.right, policy: hashPolicy(dependencies.policy()) };
    const entry = { at: now, actor: person.objectId, facts };
    const decided = { approval: { ...approval, decision }, putOff: 0, cardIsOwed: true };
    const step =
      said === 'approved'
        ? makeStep(request, { ...decided, ...renewLease(dependencies) }, { ...entry, kind: 'approval-given' })
        : makeStep(
            request,
            { ...decided, state: 'declined', endedAt: now, endedBy: person.name, lease: undefined, dueAt: now },
            { ...entry, kind: 'declined' },
          );
    const swapped = await store.swap(request, step);
    if (swapped.kind !== 'swapped') return 'overtaken';
    return { kind: 'begun', request: swapped.request, done: mayStayUnread(runAgainIfStale(swapped.request)) };
  }

  /** `run` joins an active run, which may have read the row before the decision was in it. Then the request is run again. */
  async function runAgainIfStale(decided: ResetRequest): Promise<ResetRequest> {
    const carried = await run(decided);
    return carried.version < decided.version ? run(decided) : carried;
  }

  /** Waits for the run that posts the cards. A decision in between would win the swap, and the addresses would be lost. */
  async function afterAsking(request: ResetRequest): Promise<ResetRequest> {
    if (!isWaitingForApproval(request) || request.lease === undefined) return request;
    await run(request).catch(() => undefined);
    return (await store.find(request.id)) ?? request;
  }

  async function notAllowed(
    request: ResetRequest,
    person: Technician,
    why: NotApprover | 'elsewhere',
  ): Promise<ApprovalPress> {
    await refuseClick(request, person, why);
    if (why !== 'groups-unknown') {
      raiseAlarm({ kind: 'foreign-press', ...identifyRequest(request), technician: person.objectId });
    }
    return { kind: 'not-allowed', why };
  }

  function refuseClick(request: ResetRequest, person: Technician, reason: string): Promise<void> {
    const facts = { reason, policy: hashPolicy(dependencies.policy()) };
    const entry = { at: clock.now(), kind: 'click-refused', actor: person.objectId, person, facts } as const;
    return store.record(entry, request.id);
  }

  function pause(): Promise<void> {
    return new Promise((resolve) => {
      clock.after(Math.min(dependencies.durations.poll, useCaseTunables.decisionRetryMilliseconds), resolve);
    });
  }
}
