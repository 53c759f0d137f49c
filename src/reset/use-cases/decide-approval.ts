import { type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import { identifyRequest } from '../alarm.ts';
import { type Decision, isAskedEverywhere, isAskedIn } from '../approval.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import { findApprover, type NotApprover } from '../policy/approvers.ts';
import { hashPolicy } from '../policy/policy.ts';
import { bypassGroupCache } from '../policy/groups.ts';
import { isWaitingForApproval, type ResetRequest } from '../request.ts';
import { makeStep } from '../step.ts';
import { expire, renewLease, type RunRequest } from '../workflow/commit-step.ts';

/** What a press of `Approve` or `Decline` did. */
export type ApprovalPress =
  /** This press decided it; `done` settles when nothing more can be done now. */
  | { readonly kind: 'begun'; readonly request: ResetRequest; readonly done: Promise<ResetRequest> }
  /** Somebody else, an earlier press, or the clock was first: the request as it stands. */
  | { readonly kind: 'as-it-stands'; readonly request: ResetRequest }
  | { readonly kind: 'unknown' }
  /** The card is being put up at this moment. */
  | { readonly kind: 'too-early' }
  | { readonly kind: 'not-allowed'; readonly why: NotApprover | 'elsewhere' };

/**
 * Takes the decision of a second person, once, by one compare-and-swap. Who may decide is looked up at the press; facts and
 * policy are looked up after it, by whoever carries the request out. A press that has no effect is recorded.
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

  /** `overtaken`: it is to be looked at again; `busy`: others work on it, and it is to be looked at in a moment. */
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
    // Whatever ended it may have been faster than the note of where this card stands.
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
      return { kind: 'as-it-stands', request: await run(await expire(dependencies, request)) };
    }
    if (request.lease !== undefined && request.lease.until > now) return 'busy';
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
    return { kind: 'begun', request: swapped.request, done: runAgainIfStale(swapped.request) };
  }

  /** What was under way for the request may have come to rest without seeing the decision. */
  async function runAgainIfStale(decided: ResetRequest): Promise<ResetRequest> {
    const carried = await run(decided);
    return carried.version < decided.version ? run(decided) : carried;
  }

  /** Whoever puts the cards up is waited for, so that no address of one is lost. */
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
