import { chatReplies } from '../../texts/index.ts';
import type { InvokeResponse } from '../activity/card-actions.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import type { BotDependencies } from './dependencies.ts';
import { handleMessage } from './message.ts';
import { handlePress } from './press.ts';

/** Answers what comes in from Teams. For a press the answer is returned, everything else is said in the chat. */
export function createBot(parts: BotDependencies): (incoming: IncomingActivity) => Promise<InvokeResponse | undefined> {
  const { messages, log } = parts;
  return async (incoming) => {
    // Who writes, or lets the bot in, can be written to again.
    if (incoming.kind === 'message' || incoming.kind === 'submit' || incoming.kind === 'installed') {
      parts.resets.onUserMessage(incoming.technician, incoming.conversation);
    }
    switch (incoming.kind) {
      case 'message':
        await parts.patience.within(incoming.conversation, () => handleMessage(parts, incoming));
        return undefined;
      case 'press':
        if (incoming.trigger !== 'automatic') parts.resets.onUserPress(incoming.technician, incoming.conversation);
        return handlePress(parts, incoming);
      case 'submit':
        await messages.reply(incoming.conversation, chatReplies.oldClient, incoming.activityId);
        return undefined;
      case 'installed':
        await messages.reply(incoming.conversation, chatReplies.welcome);
        return undefined;
      case 'ignored':
      case 'malformed':
        log({ level: 'debug', event: 'activity-passed-over', why: incoming.why });
        return undefined;
    }
  };
}
