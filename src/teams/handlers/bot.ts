import type { Log } from '../../base/index.ts';
import type { Conversation } from '../../reset/index.ts';
import {
  chatReplies,
  pressTexts,
  formatCancellation,
  formatFreezeHelp,
  formatFreezeResult,
  formatFreezes,
  formatHelp,
  formatHistory,
  formatStatus,
  formatThawResult,
} from '../../texts/index.ts';
import { cleanText, type Command, english, readCommand, readConfirmation } from '../../understanding/index.ts';
import type { InvokeResponse } from '../activity/card-actions.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import { handlePress } from './press.ts';
import { handleSentence, type SentenceDependencies, showConfirmation } from './sentences.ts';

/** Answers a text of a person in place of the bot, in the sandbox alone; undefined where the bot answers. */
export type Guide = (person: string, text: string) => string | undefined;

/** What the bot works with. */
type BotDependencies = SentenceDependencies & { readonly log: Log; readonly guide?: Guide | undefined };

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
  const typed = cleanText(message.text, message.botMentions);
  const command = readCommand(typed, english);
  const reply = (text: string): Promise<void> => messages.reply(conversation, text, activityId);
  const guided = dependencies.guide?.(technician.objectId, typed);
  if (guided !== undefined) return reply(guided);
  if (message.editedAt !== undefined && acts(command.kind)) return reply(chatReplies.editedCommand);
  if (beginsAnew(command.kind)) await resets.beginAnew(technician, conversation);
  switch (command.kind) {
    case 'sentence':
      return handleSentence(dependencies, message, command.text);
    case 'greeting':
      return reply(chatReplies.greeting(technician.name));
    case 'help':
      return reply(formatHelp(await resets.rightsOf(technician)));
    case 'too-long':
      return reply(chatReplies.tooLong);
    case 'nothing':
      return reply(chatReplies.nothingTyped);
    case 'cancel': {
      const closing = await resets.close(technician, command.reference, conversation);
      if (command.reference !== undefined) await resets.beginAnew(technician, conversation);
      return reply(formatCancellation(closing));
    }
    case 'status': {
      const { requests, withheld } = await resets.unfinished(technician);
      const questions = await resets.openQuestions(technician);
      if (conversation.kind !== 'personal') {
        const askedHere = ({ askedIn }: { readonly askedIn: Conversation }): boolean => askedIn.id === conversation.id;
        const here = formatStatus(requests.filter(askedHere), questions.filter(askedHere));
        return reply([here, chatReplies.statusElsewhere].join('\n'));
      }
      const open = formatStatus(requests, questions, withheld);
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
    case 'confirm': {
      const readRest = (methods: readonly string[]) => readConfirmation(command.rest, methods, english);
      const asking = { technician, conversation, activityId, readRest };
      return showConfirmation(dependencies, message, await resets.confirmInWords(asking));
    }
  }
}

/** Whether a command does something at once. An edit to an older message does nothing without a new word. */
function acts(kind: Command['kind']): boolean {
  return kind === 'confirm' || kind === 'cancel' || kind === 'freeze' || kind === 'thaw';
}

/** Whether a command ends what was asked before. `cancel` and `confirm` see to that themselves. */
function beginsAnew(kind: Command['kind']): boolean {
  switch (kind) {
    case 'greeting':
    case 'help':
    case 'status':
    case 'history':
    case 'freeze':
    case 'thaw':
    case 'about-freezing':
      return true;
    case 'sentence':
    case 'confirm':
    case 'cancel':
    case 'too-long':
    case 'nothing':
      return false;
  }
}
