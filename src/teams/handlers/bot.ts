import type { Log } from '../../base/index.ts';
import type { Proposal, Question, ResetUseCases } from '../../reset/index.ts';
import {
  chatReplies,
  formatCancellation,
  formatFinding,
  formatFreezeHelp,
  formatFreezeResult,
  formatFreezes,
  formatHelp,
  formatHistory,
  formatRefusal,
  formatStatus,
  formatThawResult,
  notAResetTexts,
  pressTexts,
} from '../../texts/index.ts';
import { cleanText, parseCommand } from '../../words/index.ts';
import type { InvokeResponse } from '../activity/card-actions.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import type { TeamsMessages } from '../connector/messages.ts';
import { handlePress, type PressDependencies } from './press.ts';

/** What the bot works with. */
type BotDependencies = PressDependencies & {
  readonly resets: ResetUseCases;
  readonly messages: Pick<TeamsMessages, 'reply' | 'postCard'>;
  readonly log: Log;
};

/**
 * Creates the handler of activities from Teams. A press is answered with the value that it resolves to; anything else is
 * answered in the chat, and resolves to undefined. It rejects if a use case or the connector fails.
 */
export function createBot(
  dependencies: BotDependencies,
): (incoming: IncomingActivity) => Promise<InvokeResponse | undefined> {
  const { resets, messages, progress, log } = dependencies;
  return async (incoming) => {
    // A person who writes to the bot, or installs it, can be written to again.
    if (incoming.kind === 'message' || incoming.kind === 'submit' || incoming.kind === 'installed') {
      resets.onUserMessage(incoming.technician, incoming.conversation);
    }
    switch (incoming.kind) {
      case 'message':
        await progress.runWithinTurn(incoming.conversation, () => handleMessage(dependencies, incoming));
        return undefined;
      case 'press':
        if (incoming.trigger !== 'automatic') resets.onUserPress(incoming.technician, incoming.conversation);
        return handlePress(dependencies, incoming);
      case 'submit':
        await messages.reply(incoming.conversation, pressTexts.oldClient, incoming.activityId);
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

type Message = Extract<IncomingActivity, { kind: 'message' }>;

/** Answers a typed text. A text that is no command gets a line that helps, never silence. */
async function handleMessage(dependencies: BotDependencies, message: Message): Promise<void> {
  const { resets, messages } = dependencies;
  const { technician, conversation, activityId } = message;
  const command = parseCommand(cleanText(message.text, message.botMentions));
  const reply = (text: string): Promise<void> => messages.reply(conversation, text, activityId);
  switch (command.kind) {
    case 'reset-password': {
      const { readings, passedOver } = command;
      const search = dependencies.progress.start(conversation);
      const question = { technician, conversation, activityId, readings, passedOver, progress: search.report };
      let proposal: Proposal;
      try {
        proposal = await resets.propose(question);
      } finally {
        await search.stop();
      }
      return showProposal(dependencies, question, proposal);
    }
    case 'greeting':
      return reply(chatReplies.greeting(technician.name));
    case 'help':
      return reply(formatHelp(await resets.rightsOf(technician)));
    case 'not-a-reset':
      return reply(notAResetTexts[command.why]);
    case 'too-long':
      return reply(chatReplies.tooLong);
    case 'nothing':
      return reply(chatReplies.nothingTyped);
    case 'cancel':
      return reply(formatCancellation(await resets.close(technician, command.reference)));
    case 'status': {
      const open = formatStatus(await resets.unfinished(technician), await resets.openQuestions(technician));
      return reply([formatFreezes(await resets.freezes(technician)), open].filter(Boolean).join('\n'));
    }
    case 'history':
      if (conversation.kind !== 'personal') return reply(chatReplies.historyElsewhere);
      return reply(formatHistory(await resets.history(technician, command.of), command.of));
    case 'about-freezing':
      return reply(formatFreezeHelp(await resets.freezes(technician)));
    case 'freeze':
      return reply(formatFreezeResult(await resets.freeze(technician, command.customer)));
    case 'thaw':
      return reply(formatThawResult(await resets.thaw(technician, command)));
    case 'not-understood':
      return reply(chatReplies.notUnderstood);
  }
}

/** Shows what came of a sentence: the card to confirm, a question back, or why nothing is reset. */
async function showProposal(
  { messages, resets, render }: BotDependencies,
  { conversation, activityId }: Question,
  proposal: Proposal,
): Promise<void> {
  switch (proposal.kind) {
    case 'proposed':
    case 'refused': {
      const address = await messages.postCard(conversation, render.card(proposal.request));
      return resets.rememberCard(proposal.request.id, address);
    }
    case 'asked': {
      const address = await messages.postCard(conversation, render.question(proposal.question));
      return resets.rememberQuestionCard(proposal.question.id, address);
    }
    case 'question':
      return messages.reply(conversation, formatFinding(proposal.finding, proposal.correlationId), activityId);
    case 'not-a-technician':
    case 'groups-unknown':
      return messages.reply(conversation, formatRefusal({ kind: proposal.kind }, undefined), activityId);
    case 'already-answered':
      return;
  }
}
