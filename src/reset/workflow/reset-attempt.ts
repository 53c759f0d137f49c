import { type Secret, startDeadline, workflowTunables } from '../../base/index.ts';
import { identifyRequest } from '../alarm.ts';
import type { Dependencies } from '../dependencies.ts';
import { recheckPreconditions } from '../policy/preconditions.ts';
import type { PasswordSettingOutcome } from '../ports/partner-center.ts';
import type { ResetRequest } from '../request.ts';
import { wasNothingSent } from '../request-status.ts';
import { joinSteps, makeStep, type Step } from '../step.ts';
import { judgeAttempt } from './attempt-outcome.ts';
import {
  commitGuardedStep,
  commitStep,
  refuse,
  releaseLease,
  renewLease,
  requireAttention,
  type StepOutcome,
} from './commit-step.ts';
import { holdLease } from './keep-lease.ts';
import { makeDeliveryStep } from './direct-message/delivery.ts';
import { openSealedPassword, sealBinding } from './sealed-password.ts';
import { recheck } from './recheck.ts';
import { isForWantOfSignIn, refuseOrWaitForSignIn, showWaiting } from './waiting.ts';
import { keepLocation, pollWriteBack, writesBack } from './write-back-operation.ts';

/**
 * Makes the one password of this request, and sends it for the first time. That it is stored sealed and that it is about to
 * be sent are one commit, which a freeze forbids. Until then it is known to no one, so a process that dies before leaves nothing.
 */
export async function attemptFirstReset(
  dependencies: Dependencies,
  request: ResetRequest,
  givenUp: AbortSignal,
): Promise<StepOutcome> {
  const { request: held, result: looked } = await holdLease(
    dependencies,
    request,
    recheckPreconditions(dependencies, request),
  );
  if (looked.kind === 'stopped' && !isForWantOfSignIn(looked.refusal))
    return refuse(dependencies, held, looked.refusal);
  const sealedPassword = dependencies.sealer.seal(dependencies.makePassword(held.target), sealBinding(held));
  const sealing = makeStep(
    held,
    { state: 'sealed', sealedPassword, ...renewLease(dependencies) },
    { at: dependencies.clock.now(), kind: 'sealed', actor: 'locksmith', facts: { keyId: sealedPassword.keyId } },
  );
  const sealed = sealing.after;
  const opened = openSealedPassword(dependencies, sealed);
  if (opened.kind === 'key-missing') return releaseLease(dependencies, held, { why: opened.kind });
  if (opened.kind === 'broken') return refuseBroken(dependencies, held);
  // A request can wait for a sign-in once it is sealed, so it is: the next step looks again and decides.
  if (looked.kind === 'stopped') return commitGuardedStep(dependencies, held, sealing);
  const isWrittenBack = writesBack(dependencies, held, looked.user);
  const begin = (started: Step) => commitGuardedStep(dependencies, held, joinSteps(sealing, started));
  return sendAttempt(dependencies, { request: sealed, password: opened.secret, isWrittenBack, begin }, givenUp);
}

/**
 * Sends the sealed password once more, or for the first time where that came to nothing before. As long as nothing was sent, a
 * freeze stops it, and the facts are looked up anew. Once an attempt may have succeeded a refusal would be false: the same PATCH
 * is repeated until the answer is definite, for a limited time, even if no process ran meanwhile.
 */
export async function attemptReset(
  dependencies: Dependencies,
  request: ResetRequest,
  givenUp: AbortSignal,
): Promise<StepOutcome> {
  const [first] = request.tries;
  const nothingSent = wasNothingSent(request);
  const age = dependencies.clock.now() - (first?.at ?? Infinity);
  if (!nothingSent && age > workflowTunables.resetAttemptsWithinMilliseconds)
    return requireAttention(dependencies, request, { kind: 'unclear', trouble: undefined });
  const opened = openSealedPassword(dependencies, request);
  if (opened.kind === 'key-missing') return releaseLease(dependencies, request, { why: opened.kind });
  if (opened.kind === 'broken') {
    return nothingSent
      ? refuseBroken(dependencies, request)
      : requireAttention(dependencies, request, { kind: 'seal-broken', trouble: undefined });
  }
  const password = opened.secret;
  if (!nothingSent) {
    const isWrittenBack = request.writeBack?.isUsed === true;
    const begin = (started: Step) => commitStep(dependencies, request, started);
    return sendAttempt(dependencies, { request, password, isWrittenBack, begin }, givenUp);
  }
  const rechecked = await recheck(dependencies, request);
  if (rechecked.kind === 'stopped') return rechecked.outcome;
  const isWrittenBack = writesBack(dependencies, rechecked.request, rechecked.user);
  // A freeze may have come into force while the facts were looked up.
  const begin = (started: Step) => commitGuardedStep(dependencies, rechecked.request, started);
  return sendAttempt(dependencies, { request: rechecked.request, password, isWrittenBack, begin }, givenUp);
}

/** An attempt that nothing stands against. */
type Attempt = {
  /** The version that the attempt follows. */
  readonly request: ResetRequest;
  readonly password: Secret;
  readonly isWrittenBack: boolean;
  /** Commits that the attempt begins, together with what has to be committed before it. */
  readonly begin: (started: Step) => Promise<StepOutcome>;
};

/**
 * Sends one PATCH to Partner Center, or begins one write-back by Graph. The attempt is committed before it is sent.
 *
 * Rule: the deadline of the PATCH starts before the step is committed and ends before the lease does. So a process that was
 * frozen in between cannot reset a password that another instance has delivered since.
 *
 * `givenUp` aborts the PATCH when the process stops. It then counts as unclear, and the next instance sends the same password.
 */
async function sendAttempt(
  dependencies: Dependencies,
  { request, password, isWrittenBack, begin }: Attempt,
  givenUp: AbortSignal,
): Promise<StepOutcome> {
  const { tries } = request;
  const deadline = startDeadline(dependencies.clock, dependencies.durations.resetTry);
  try {
    const number = tries.length + 1;
    const pending = { number, at: dependencies.clock.now(), deadline: deadline.at, outcome: 'pending' } as const;
    const started = makeStep(
      request,
      {
        state: 'resetting',
        putOff: 0,
        tries: [...tries, { ...pending, httpStatus: undefined, partnerCode: undefined }],
        // The way is settled with the first attempt: a later one must not set another password elsewhere.
        ...((isWrittenBack || request.writeBack !== undefined) && {
          writeBack: { isUsed: isWrittenBack, location: undefined, acceptedAt: undefined },
        }),
        ...renewLease(dependencies),
      },
      { at: pending.at, kind: 'try-started', actor: 'locksmith', facts: { try: number, deadline: deadline.at } },
    );
    const begun = await begin(started);
    // A freeze has refused it instead.
    if (begun.kind !== 'moved' || begun.request.state !== 'resetting') return begun;
    const { target, operationId, correlationId } = request;
    void dependencies.messages.expectDelivery(request);
    if (deadline.hasPassed() || givenUp.aborted) return await settleAttempt(dependencies, begun.request, 'too-late');
    const operation = { customer: target.customer.id, user: target.user.id, operationId, correlationId };
    const signal = AbortSignal.any([deadline.signal, givenUp]);
    if (!isWrittenBack) {
      const outcome = await dependencies.setPassword(operation, password, signal);
      return await settleAttempt(dependencies, begun.request, outcome);
    }
    const outcome = await dependencies.writeBack?.begin(operation, password, signal);
    // Graph is off on this instance, and Partner Center must not set the password in its place.
    if (outcome === undefined) return await settleAttempt(dependencies, begun.request, 'too-late');
    return outcome.kind === 'accepted'
      ? await keepLocation(dependencies, begun.request, outcome.location)
      : await settleAttempt(dependencies, begun.request, outcome);
  } finally {
    deadline.cancel();
  }
}

/** Goes on with a write-back that Graph has accepted, in this process or after another one. */
export function followWriteBack(
  dependencies: Dependencies,
  request: ResetRequest,
  givenUp: AbortSignal,
): Promise<StepOutcome> {
  return pollWriteBack(dependencies, request, givenUp, (outcome) => settleAttempt(dependencies, request, outcome));
}

/** Nothing was sent, so nothing was changed, and the user is free for another reset. */
async function refuseBroken(dependencies: Dependencies, request: ResetRequest): Promise<StepOutcome> {
  const moved = await refuse(dependencies, request, { kind: 'seal-broken' });
  if (moved.kind === 'moved')
    dependencies.raiseAlarm({ kind: 'given-up', ...identifyRequest(request), why: 'seal-broken' });
  return moved;
}

/**
 * Commits what the outcome of an attempt means. Only a definite answer, without an unclear attempt before it, ends the request.
 */
function settleAttempt(
  dependencies: Dependencies,
  request: ResetRequest,
  outcome: PasswordSettingOutcome | 'too-late',
): Promise<StepOutcome> {
  const settled = judgeAttempt(request, outcome, dependencies.clock.now());
  switch (settled.kind) {
    case 'applied': {
      const reset = makeStep(
        request,
        {
          state: 'reset',
          tries: settled.tries,
          resetAt: settled.at,
          deliverBy: settled.at + workflowTunables.undeliveredPasswordMilliseconds,
          ...renewLease(dependencies),
        },
        { at: settled.at, kind: 'try-ended', actor: 'locksmith', facts: settled.facts },
      );
      // If it does not open any more, `beginDelivery` says what follows.
      const opens = openSealedPassword(dependencies, request).kind === 'opened';
      const step = opens ? joinSteps(reset, makeDeliveryStep(dependencies, reset.after)) : reset;
      return commitStep(dependencies, request, step);
    }
    case 'again':
      return waitForNextAttempt(
        dependencies,
        request,
        makeStep(
          request,
          { state: 'sealed', tries: settled.tries, lease: undefined, dueAt: settled.dueAt },
          { at: settled.at, kind: 'try-ended', actor: 'locksmith', facts: settled.facts },
        ),
      );
    case 'nothing-changed': {
      const refusal = { kind: 'partner-center', trouble: settled.trouble } as const;
      return refuseOrWaitForSignIn(dependencies, { ...request, tries: settled.tries }, refusal);
    }
    case 'unclear':
      return requireAttention(
        dependencies,
        { ...request, tries: settled.tries },
        { kind: 'unclear', trouble: settled.trouble },
      );
  }
}

/** What the next attempt waits for stands on the card, once the wait has become long. */
async function waitForNextAttempt(dependencies: Dependencies, request: ResetRequest, step: Step): Promise<StepOutcome> {
  const moved = await commitStep(dependencies, request, step);
  if (moved.kind === 'moved') await showWaiting(dependencies, moved.request);
  return moved;
}
