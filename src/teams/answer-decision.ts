import type { ResetRequest } from '../reset/reset-request.ts';
import type { DecisionTaken } from '../reset/take-decision.ts';
import { atMost } from './at-most.ts';
import type { BotParts } from './create-bot.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { answers } from './texts/answers.ts';
import { decisionTexts } from './texts/decision-texts.ts';

const answerWithinMilliseconds = 2500;

/** Answers a press of `Approve` or `Decline`: with what came of it if it is there in time, else with what is under way. */
export async function answerDecision({ clock, resets, render }: BotParts, taken: DecisionTaken): Promise<InvokeAnswer> {
  switch (taken.kind) {
    case 'begun':
      return show(taken.done, taken.request);
    case 'as-it-stands':
      return show(resets.carryOn(taken.request), taken.request);
    case 'unknown':
      return { kind: 'message', text: answers.unknownCard };
    case 'too-early':
      return { kind: 'message', text: decisionTexts.tooEarly };
    case 'not-allowed':
      return { kind: 'message', text: decisionTexts[taken.why] };
  }

  async function show(done: Promise<ResetRequest>, atPress: ResetRequest): Promise<InvokeAnswer> {
    const request = await atMost(clock, answerWithinMilliseconds, done, atPress);
    return { kind: 'card', card: render.approval(request) };
  }
}
