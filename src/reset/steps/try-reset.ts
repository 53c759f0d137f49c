import type { Moved } from '../carry-out.ts';
import { startDeadline } from '../deadline.ts';
import { makeStep } from '../make-step.ts';
import type { PasswordSettingOutcome } from '../ports.ts';
import type { ResetRequest } from '../reset-request.ts';
import { sealBinding } from '../seal-binding.ts';
import type { Tools } from '../tools.ts';
import { afterTry } from './after-try.ts';
import { lookAgain } from './look-again.ts';
import { needAttention } from './need-attention.ts';
import { refuse } from './refuse.ts';
import { renewedLease } from './renewed-lease.ts';
import { swapStep } from './swap-step.ts';

/**
 * One PATCH, written down before it is sent, and the facts looked up right before that. Rule: its deadline starts before the step is claimed and ends before the
 * lease does, so that a process that was frozen in between cannot reset what another has delivered since.
 */
export async function tryReset(tools: Tools, request: ResetRequest): Promise<Moved> {
  const { sealedPassword, tries } = request;
  const password = sealedPassword && tools.sealer.open(sealedPassword, sealBinding(request));
  if (password === undefined) return needAttention(tools, request, { kind: 'seal-broken', trouble: undefined });
  // Once a try may have worked a refusal would be a lie: the same PATCH, allowed before, goes on until it is definite.
  if (tries.every((one) => one.outcome === 'not-tried')) {
    const looked = await lookAgain(tools, request);
    if (looked.kind === 'stopped') return refuse(tools, request, looked.refusal);
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
          tries: [...tries, { ...pending, httpStatus: undefined, partnerCode: undefined }],
          ...renewedLease(tools),
        },
        { at: pending.at, kind: 'try-started', actor: 'locksmith', facts: { try: number, deadline: deadline.at } },
      ),
    );
    if (begun.kind !== 'moved') return begun;
    const { target, operationId, correlationId } = request;
    const outcome: PasswordSettingOutcome | 'too-late' = deadline.hasPassed()
      ? 'too-late'
      : await tools.setPassword(
          { customer: target.customer.id, user: target.user.id, operationId, correlationId },
          password,
          deadline.signal,
        );
    return await settle(tools, begun.request, outcome);
  } finally {
    deadline.done();
  }
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
          { state: 'reset', tries: settled.tries, resetAt: settled.at, ...renewedLease(tools) },
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
    case 'nothing-changed':
      return refuse(tools, { ...request, tries: settled.tries }, { kind: 'partner-center', trouble: settled.trouble });
    case 'unclear':
      return needAttention(tools, { ...request, tries: settled.tries }, { kind: 'unclear', trouble: settled.trouble });
  }
}
