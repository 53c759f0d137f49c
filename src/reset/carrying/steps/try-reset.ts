import { aboutRequest } from '../../about-request.ts';
import type { Moved } from '../carry-out.ts';
import { startDeadline } from '../deadline.ts';
import { findFreeze } from '../../freezing/find-freeze.ts';
import { frozenRefusal } from '../../freezing/frozen-refusal.ts';
import { isOnItsWay } from '../../freezing/is-on-its-way.ts';
import { makeStep } from '../../make-step.ts';
import type { PasswordSettingOutcome } from '../../ports/password-setting.ts';
import type { ResetRequest } from '../../reset-request.ts';
import { resetTries, unseenMilliseconds } from '../retry-rules.ts';
import type { Tools } from '../../tools.ts';
import { afterTry } from './after-try.ts';
import { handOver } from './hand-over.ts';
import { lookAgain } from './look-again.ts';
import { needAttention } from './need-attention.ts';
import { openSeal } from './open-seal.ts';
import { refuse } from './refuse.ts';
import { refuseOrWait } from './refuse-or-wait.ts';
import { renewedLease } from './renewed-lease.ts';
import { swapStep } from './swap-step.ts';

/**
 * One PATCH, written down before it is sent, and the facts looked up right before that. Rule: its deadline starts before the step is claimed and ends before the
 * lease does, so that a process that was frozen in between cannot reset what another has delivered since. `givenUp` ends
 * it early, when this process has to end: what was sent then counts as unclear, and whoever comes next sends the same.
 */
export async function tryReset(tools: Tools, request: ResetRequest, givenUp: AbortSignal): Promise<Moved> {
  const { tries } = request;
  const nothingSent = tries.every((one) => one.outcome === 'not-tried');
  // A try that may have worked is repeated for so long only, however long nobody was there to do it.
  const [first] = tries;
  if (!nothingSent && first !== undefined && tools.clock.now() - first.at > resetTries.withinMilliseconds) {
    return needAttention(tools, request, { kind: 'unclear', trouble: undefined });
  }
  const opened = openSeal(tools, request);
  if (opened.kind === 'key-missing') return handOver(tools, request, { why: opened.kind });
  if (opened.kind === 'broken') {
    return nothingSent
      ? refuseBroken(tools, request)
      : needAttention(tools, request, { kind: 'seal-broken', trouble: undefined });
  }
  // Once a try may have worked a refusal would be a lie: the same PATCH, allowed before, goes on until it is definite.
  if (nothingSent) {
    const freeze = isOnItsWay(request) ? undefined : await findFreeze(tools, request.target.customer.id);
    if (freeze !== undefined) return refuse(tools, request, frozenRefusal(freeze));
    const looked = await lookAgain(tools, request);
    if (looked.kind === 'stopped') return refuseOrWait(tools, request, looked.refusal);
  }
  const deadline = startDeadline(tools.clock, tools.lengths.resetTry);
  try {
    const number = tries.length + 1;
    const pending = { number, at: tools.clock.now(), deadline: deadline.at, outcome: 'pending' } as const;
    const begun = await swapStep(
      tools,
      request,
      makeStep(
        request,
        {
          state: 'resetting',
          putOff: 0,
          tries: [...tries, { ...pending, httpStatus: undefined, partnerCode: undefined }],
          ...renewedLease(tools),
        },
        { at: pending.at, kind: 'try-started', actor: 'locksmith', facts: { try: number, deadline: deadline.at } },
      ),
    );
    if (begun.kind !== 'moved') return begun;
    const { target, operationId, correlationId } = request;
    const outcome: PasswordSettingOutcome | 'too-late' =
      deadline.hasPassed() || givenUp.aborted
        ? 'too-late'
        : await tools.setPassword(
            { customer: target.customer.id, user: target.user.id, operationId, correlationId },
            opened.secret,
            AbortSignal.any([deadline.signal, givenUp]),
          );
    return await settle(tools, begun.request, outcome);
  } finally {
    deadline.done();
  }
}

/** Nothing was sent, so nothing was changed, and the user is free for another reset. */
async function refuseBroken(tools: Tools, request: ResetRequest): Promise<Moved> {
  const moved = await refuse(tools, request, { kind: 'seal-broken' });
  if (moved.kind === 'moved') tools.raiseAlarm({ kind: 'given-up', ...aboutRequest(request), why: 'seal-broken' });
  return moved;
}

/** What a try's outcome makes of the request. Only a definite answer with nothing unclear before it ends it. */
function settle(tools: Tools, request: ResetRequest, outcome: PasswordSettingOutcome | 'too-late'): Promise<Moved> {
  const settled = afterTry(request, outcome, tools.clock.now());
  switch (settled.kind) {
    case 'applied':
      return swapStep(
        tools,
        request,
        makeStep(
          request,
          {
            state: 'reset',
            tries: settled.tries,
            resetAt: settled.at,
            deliverBy: settled.at + unseenMilliseconds,
            ...renewedLease(tools),
          },
          { at: settled.at, kind: 'try-ended', actor: 'locksmith', facts: settled.facts },
        ),
      );
    case 'again':
      return swapStep(
        tools,
        request,
        makeStep(
          request,
          { state: 'sealed', tries: settled.tries, lease: undefined, dueAt: settled.dueAt },
          { at: settled.at, kind: 'try-ended', actor: 'locksmith', facts: settled.facts },
        ),
      );
    case 'nothing-changed': {
      const refusal = { kind: 'partner-center', trouble: settled.trouble } as const;
      return refuseOrWait(tools, { ...request, tries: settled.tries }, refusal);
    }
    case 'unclear':
      return needAttention(tools, { ...request, tries: settled.tries }, { kind: 'unclear', trouble: settled.trouble });
  }
}
