import type { Proposal } from '../reset/use-cases/propose.ts';
import { cleanText } from '../words/clean-text.ts';
import { parseCommand } from '../words/parse-command.ts';
import { answerProposal } from './answer-proposal.ts';
import type { BotParts } from './create-bot.ts';
import type { Incoming } from './incoming.ts';
import { answerToClosing } from './texts/answer-to-closing.ts';
import { answerToFreezing } from './texts/answer-to-freezing.ts';
import { answerToThawing } from './texts/answer-to-thawing.ts';
import { answers } from './texts/answers.ts';
import { notAResetTexts } from './texts/not-a-reset-texts.ts';
import { sayAboutFreezing } from './texts/say-about-freezing.ts';
import { sayFreezes } from './texts/say-freezes.ts';
import { sayHelp } from './texts/say-help.ts';
import { sayHistory } from './texts/say-history.ts';
import { sayStatus } from './texts/say-status.ts';

/** Answers what was typed; a text that is no command gets a line that helps, never silence. */
export async function answerMessage(parts: BotParts, said: Extract<Incoming, { kind: 'message' }>): Promise<void> {
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
      return answerProposal(parts, question, proposal);
    }
    case 'greeting':
      return reply(answers.greeting(said.technician.name));
    case 'help':
      return reply(sayHelp(await parts.resets.rightsOf(said.technician)));
    case 'not-a-reset':
      return reply(notAResetTexts[command.why]);
    case 'too-long':
      return reply(answers.tooLong);
    case 'nothing':
      return reply(answers.nothingTyped);
    case 'cancel':
      return reply(answerToClosing(await parts.resets.close(said.technician, command.reference)));
    case 'status': {
      const { technician } = said;
      const open = sayStatus(await parts.resets.unfinished(technician), await parts.resets.openQuestions(technician));
      return reply([sayFreezes(await parts.resets.freezes(technician)), open].filter(Boolean).join('\n'));
    }
    case 'history': {
      if (said.conversation.kind !== 'personal') return reply(answers.historyElsewhere);
      return reply(sayHistory(await parts.resets.history(said.technician, command.of), command.of));
    }
    case 'about-freezing':
      return reply(sayAboutFreezing(await parts.resets.freezes(said.technician)));
    case 'freeze':
      return reply(answerToFreezing(await parts.resets.freeze(said.technician, command.customer)));
    case 'thaw':
      return reply(answerToThawing(await parts.resets.thaw(said.technician, command)));
    case 'not-understood':
      return reply(answers.notUnderstood);
  }
}
