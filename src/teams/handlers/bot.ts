import type { Log } from '../../base/index.ts';
import {
  chatReplies,
  pressTexts,
  formatCancellation,
  formatFreezeResult,
  formatThawResult,
  formatWhoApproves,
  freezeHelp,
} from '../../texts/index.ts';
import { cleanText, type Command, english, readCommand, readConfirmation } from '../../understanding/index.ts';
import type { InvokeResponse } from '../activity/card-actions.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import type { Card } from '../cards/card-template.ts';
import { renderHelp, renderHome } from '../cards/home.ts';
import { renderFreezes } from '../cards/status.ts';
import { markOwner } from './card-owner.ts';
import { askWhatToFreeze, type FreezeDependencies } from './freeze.ts';
import { buildHistory, buildStatus, hideByWords, renderWhichToCancel } from './lists.ts';
import { answerPress } from './press-verbs.ts';
import type { TeamsMessages } from '../connector/messages.ts';
import { handleSentence, type SentenceDependencies, showConfirmation } from './sentences.ts';

/** Answers a text of a person with a card in place of the bot, in the sandbox alone; undefined where the bot answers. */
export type Guide = (person: string, text: string) => Card | undefined;

/** What the bot works with. */
type BotDependencies = SentenceDependencies &
  FreezeDependencies & {
    readonly messages: Pick<TeamsMessages, 'reply' | 'postCard' | 'putCard'>;
    readonly log: Log;
    readonly guide?: Guide | undefined;
    /** A sentence that a newcomer can try. */
    readonly sentenceToTry: string;
  };

/**
 * Creates the handler of activities from Teams. A press is answered with the value that it resolves to; anything else is
 * answered in the chat, and resolves to undefined. It rejects if a use case or the connector fails.
 */
export function createBot(
  dependencies: BotDependencies,
): (incoming: IncomingActivity, answerBy: number) => Promise<InvokeResponse | undefined> {
  const { resets, messages, progress, log } = dependencies;
  const hasTour = dependencies.guide !== undefined;
  return async (incoming, answerBy) => {
    // A person who writes to the bot, or installs it, can be written to again.
    if (incoming.kind === 'message' || incoming.kind === 'submit' || incoming.kind === 'installed') {
      resets.onUserMessage(incoming.technician, incoming.conversation);
    }
    switch (incoming.kind) {
      case 'message':
        await progress.runWithinTurn(incoming.conversation, answerBy, () => handleMessage(dependencies, incoming));
        return undefined;
      case 'press':
        if (incoming.trigger !== 'automatic') resets.onUserPress(incoming.technician, incoming.conversation);
        return answerPress(dependencies, { ...incoming, answerBy });
      case 'submit':
        await progress.runWithinTurn(incoming.conversation, answerBy, () =>
          messages.reply(incoming.conversation, pressTexts.oldClient, incoming.activityId),
        );
        return undefined;
      case 'installed':
        await progress.runWithinTurn(incoming.conversation, answerBy, async () => {
          const home = renderHome(undefined, dependencies.sentenceToTry, isShared(incoming.conversation), hasTour);
          await messages.postCard(incoming.conversation, home);
        });
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
  const post = async (card: object): Promise<void> => {
    await messages.postCard(conversation, card);
  };
  const guided = dependencies.guide?.(technician.objectId, typed);
  if (guided !== undefined) return post(guided);
  if (message.editedAt !== undefined && acts(command.kind)) return reply(chatReplies.editedCommand);
  const asTyped = { technician, conversation, activityId, typed };
  let saidBefore: number | undefined;
  if (command.kind === 'cancel' || command.kind === 'thaw' || command.kind === 'hide') {
    const taken = await resets.takeCommand(asTyped);
    if (taken.kind === 'answered-before') return undefined;
    ({ saidBefore } = taken);
  }
  // A freeze acts before it is stored as taken: twice does no harm, and never would.
  if (command.kind === 'freeze' && (await resets.wasTaken(asTyped))) return undefined;
  if (beginsAnew(command.kind)) await resets.beginAnew(technician, conversation);
  switch (command.kind) {
    case 'sentence':
      return handleSentence(dependencies, message, command.text);
    case 'greeting':
    case 'nothing':
      return post(
        renderHome(
          technician.name,
          dependencies.sentenceToTry,
          isShared(conversation),
          dependencies.guide !== undefined,
        ),
      );
    case 'thanks':
      return reply(chatReplies.thanks);
    case 'help':
      return post(renderHelp(await resets.rightsOf(technician), isShared(conversation)));
    case 'too-long':
      return reply(chatReplies.tooLong);
    case 'cancel': {
      const closing = await resets.close(technician, command.reference, conversation);
      if (command.reference !== undefined) await resets.beginAnew(technician, conversation);
      if (closing.kind === 'several') return post(renderWhichToCancel(closing, technician, conversation));
      return reply(formatCancellation(closing));
    }
    case 'hide': {
      const hiding = await hideByWords(dependencies, technician, conversation, command.isNamed);
      return hiding.kind === 'card' ? post(hiding.card) : reply(hiding.text);
    }
    case 'status':
      return post(await buildStatus(dependencies, technician, conversation, { reference: command.reference }));
    case 'history':
      if (conversation.kind !== 'personal') return reply(chatReplies.historyElsewhere);
      return post(await buildHistory(dependencies, technician, command.of));
    case 'approvers':
      return reply(formatWhoApproves(await resets.rightsOf(technician)));
    case 'about-freezing': {
      const freezes = conversation.kind === 'personal' ? await resets.freezes(technician) : [];
      if (freezes.length === 0) return reply(freezeHelp);
      const { mayApprove } = await resets.rightsOf(technician);
      const frozen = { freezes, reader: technician, mayThaw: mayApprove };
      return post(renderFreezes(frozen, { owner: markOwner(technician), from: 0, note: freezeHelp }));
    }
    case 'freeze': {
      if (command.customer !== undefined || command.everything) {
        const freezing = await resets.freeze(technician, command.customer);
        await resets.takeCommand(asTyped);
        return reply(formatFreezeResult(freezing, conversation));
      }
      const asks = await askWhatToFreeze(dependencies, technician, conversation);
      return asks.kind === 'card' ? post(asks.card) : reply(asks.text);
    }
    case 'thaw':
      return reply(formatThawResult(await resets.thaw(technician, { ...command, saidBefore }), conversation));
    case 'confirm': {
      const readRest = (methods: readonly string[]) => readConfirmation(command.rest, methods, english);
      const asking = { technician, conversation, activityId, readRest };
      return showConfirmation(dependencies, message, await resets.confirmInWords(asking));
    }
  }
}

function isShared({ kind }: Message['conversation']): boolean {
  return kind !== 'personal';
}

/** Whether a command does something at once. An edit to an older message does nothing without a new word. */
function acts(kind: Command['kind']): boolean {
  return kind === 'confirm' || kind === 'cancel' || kind === 'hide' || kind === 'freeze' || kind === 'thaw';
}

/** Whether a command ends what was asked before. `cancel` and `confirm` see to that themselves. */
function beginsAnew(kind: Command['kind']): boolean {
  switch (kind) {
    case 'greeting':
    case 'help':
    case 'status':
    case 'approvers':
    case 'history':
    case 'hide':
    case 'freeze':
    case 'thaw':
    case 'about-freezing':
      return true;
    case 'sentence':
    case 'thanks':
    case 'confirm':
    case 'cancel':
    case 'too-long':
    case 'nothing':
      return false;
  }
}
