import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Policy } from '../reset/policy/policy.ts';
import type { OpenQuestion } from '../reset/questions/question.ts';
import type { ResetRequest } from '../reset/request.ts';
import type { ResetUseCases } from '../reset/reset-use-cases.ts';
import type { Secret } from '../secret.ts';
import { answerMessage } from './answer-message.ts';
import { answerPress } from './answer-press.ts';
import type { TeamsMessages } from './create-messages.ts';
import type { Patience } from './create-patience.ts';
import type { Incoming } from './incoming.ts';
import type { InvokeAnswer } from './invoke-answer.ts';
import { answers } from './texts/answers.ts';

/** What the bot works with. */
export type BotParts = {
  readonly resets: ResetUseCases;
  readonly messages: TeamsMessages;
  readonly patience: Patience;
  readonly render: {
    card(request: ResetRequest): object;
    question(question: OpenQuestion): object;
    approval(request: ResetRequest): object;
    directMessage(request: ResetRequest, password: Secret | undefined): object;
  };
  readonly policy: () => Policy;
  readonly clock: Clock;
  readonly log: Log;
};

/** Answers what comes in from Teams. For a press the answer is returned, everything else is said in the chat. */
export function createBot(parts: BotParts): (incoming: Incoming) => Promise<InvokeAnswer | undefined> {
  const { messages, log } = parts;
  return async (incoming) => {
    // Who writes, or lets the bot in, can be written to again.
    if (incoming.kind === 'message' || incoming.kind === 'submit' || incoming.kind === 'installed') {
      parts.resets.wroteToBot(incoming.technician, incoming.conversation);
    }
    switch (incoming.kind) {
      case 'message':
        await parts.patience.within(incoming.conversation, () => answerMessage(parts, incoming));
        return undefined;
      case 'press':
        if (incoming.trigger !== 'automatic') parts.resets.pressed(incoming.technician, incoming.conversation);
        return answerPress(parts, incoming);
      case 'submit':
        await messages.reply(incoming.conversation, answers.oldClient, incoming.activityId);
        return undefined;
      case 'installed':
        await messages.reply(incoming.conversation, answers.welcome);
        return undefined;
      case 'ignored':
      case 'malformed':
        log({ level: 'debug', event: 'activity-passed-over', why: incoming.why });
        return undefined;
    }
  };
}
