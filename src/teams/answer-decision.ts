import type { ResetRequest } from '../reset/request.ts';
import type { ApprovalPress } from '../reset/use-cases/decide-approval.ts';
import { atMost } from './at-most.ts';
import type { BotParts } from './create-bot.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { answers } from './texts/answers.ts';
import { decisionTexts } from './texts/decision-texts.ts';

const answerWithinMilliseconds = 2500;

const late = { kind: 'late' } as const;

/** Answers a press of `Approve` or `Decline`: with what came of it if it is there in time, else with what is under way. */
export async function answerDecision(
  { clock, resets, render }: BotParts,
  taking: Promise<ApprovalPress>,
): Promise<InvokeAnswer> {
  const began = clock.now();
  // Others may still be at work on the request, in a chat that hangs: the press goes on, and is not answered late for it.
  const taken = await atMost<ApprovalPress | typeof late>(clock, answerWithinMilliseconds, taking, late);
  switch (taken.kind) {
    case 'begun':
      return show(taken.done, taken.request);
    case 'as-it-stands':
      return show(resets.carryOn(taken.request), taken.request);
    case 'unknown':
      return { kind: 'message', text: answers.unknownCard };
    case 'late':
      return { kind: 'message', text: decisionTexts.late };
    case 'too-early':
      return { kind: 'message', text: decisionTexts.tooEarly };
    case 'not-allowed':
      return { kind: 'message', text: decisionTexts[taken.why] };
  }

  async function show(done: Promise<ResetRequest>, atPress: ResetRequest): Promise<InvokeAnswer> {
    const left = Math.max(0, answerWithinMilliseconds - (clock.now() - began));
    const request = await atMost(clock, left, done, atPress);
    return { kind: 'card', card: render.approval(request) };
  }
}
