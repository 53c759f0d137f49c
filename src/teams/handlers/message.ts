import type { Proposal, Question } from '../../reset/index.ts';
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
} from '../../texts/index.ts';
import { cleanText, parseCommand } from '../../words/index.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import type { BotDependencies } from './dependencies.ts';

/** Answers what was typed; a text that is no command gets a line that helps, never silence. */
export async function handleMessage(
  parts: BotDependencies,
  said: Extract<IncomingActivity, { kind: 'message' }>,
): Promise<void> {
  const command = parseCommand(cleanText(said.text, said.botMentions));
  const reply = (text: string): Promise<void> => parts.messages.reply(said.conversation, text, said.activityId);
  switch (command.kind) {
    case 'reset-password': {
      const { technician, conversation, activityId } = said;
      const watch = parts.patience.watch(conversation);
      const question = {
        technician,
        conversation,
        activityId,
        readings: command.readings,
        passedOver: command.passedOver,
        progress: watch.progress,
      };
      let proposal: Proposal;
      try {
        proposal = await parts.resets.propose(question);
      } finally {
        await watch.end();
      }
      return showProposal(parts, question, proposal);
    }
    case 'greeting':
      return reply(chatReplies.greeting(said.technician.name));
    case 'help':
      return reply(formatHelp(await parts.resets.rightsOf(said.technician)));
    case 'not-a-reset':
      return reply(notAResetTexts[command.why]);
    case 'too-long':
      return reply(chatReplies.tooLong);
    case 'nothing':
      return reply(chatReplies.nothingTyped);
    case 'cancel':
      return reply(formatCancellation(await parts.resets.close(said.technician, command.reference)));
    case 'status': {
      const { technician } = said;
      const open = formatStatus(
        await parts.resets.unfinished(technician),
        await parts.resets.openQuestions(technician),
      );
      return reply([formatFreezes(await parts.resets.freezes(technician)), open].filter(Boolean).join('\n'));
    }
    case 'history': {
      if (said.conversation.kind !== 'personal') return reply(chatReplies.historyElsewhere);
      return reply(formatHistory(await parts.resets.history(said.technician, command.of), command.of));
    }
    case 'about-freezing':
      return reply(formatFreezeHelp(await parts.resets.freezes(said.technician)));
    case 'freeze':
      return reply(formatFreezeResult(await parts.resets.freeze(said.technician, command.customer)));
    case 'thaw':
      return reply(formatThawResult(await parts.resets.thaw(said.technician, command)));
    case 'not-understood':
      return reply(chatReplies.notUnderstood);
  }
}

/** Shows what came of a sentence: the card to confirm, why not, or a question back. */
async function showProposal(parts: BotDependencies, question: Question, proposal: Proposal): Promise<void> {
  const { messages, resets, render } = parts;
  const { conversation, activityId } = question;
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
