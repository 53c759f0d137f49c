import type { Proposal, Question } from '../reset/use-cases/propose.ts';
import type { BotParts } from './create-bot.ts';
import { answerToFinding } from './texts/answer-to-finding.ts';
import { answerToRefusal } from './texts/answer-to-refusal.ts';

/** Shows what came of a sentence: the card to confirm, why not, or a question back. */
export async function answerProposal(parts: BotParts, question: Question, proposal: Proposal): Promise<void> {
  const { messages, resets, render } = parts;
  const { conversation, activityId } = question;
  switch (proposal.kind) {
    case 'proposed':
    case 'refused': {
      const address = await messages.postCard(conversation, render.card(proposal.request));
      return resets.cardPosted(proposal.request.id, address);
    }
    case 'asked': {
      const address = await messages.postCard(conversation, render.question(proposal.question));
      return resets.questionPosted(proposal.question.id, address);
    }
    case 'question':
      return messages.reply(conversation, answerToFinding(proposal.finding, proposal.correlationId), activityId);
    case 'not-a-technician':
    case 'groups-unknown':
      return messages.reply(conversation, answerToRefusal({ kind: proposal.kind }, undefined), activityId);
    case 'already-answered':
      return;
  }
}
