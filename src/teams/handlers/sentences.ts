import { teamsTunables } from '../../base/index.ts';
import {
  type ConfirmationInWords,
  isAskedInWords,
  isWaitingForConfirmation,
  type Proposal,
  type ResetRequest,
  type ResetUseCases,
  type TypedAnswering,
} from '../../reset/index.ts';
import {
  askInChat,
  chatReplies,
  formatChoicesInWords,
  formatChosen,
  formatFinding,
  formatMethodsInWords,
  formatNoList,
  formatRefusal,
  formatTicketDoubt,
  formatWhichConfirmation,
  formatWhoseAt,
  notAResetTexts,
  typedProofTexts,
} from '../../texts/index.ts';
import { english, readAnswer } from '../../understanding/index.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import type { TeamsMessages } from '../connector/messages.ts';
import type { PressDependencies } from './press.ts';
import { withinAnswerTime } from './progress-indicator.ts';

/** What sentences are answered with. */
export type SentenceDependencies = PressDependencies & {
  readonly resets: ResetUseCases;
  readonly messages: Pick<TeamsMessages, 'reply' | 'postCard'>;
};

type Message = Extract<IncomingActivity, { kind: 'message' }>;

/** Takes a sentence as the answer to what was asked in this chat, or else for itself. */
export async function handleSentence(
  dependencies: SentenceDependencies,
  message: Message,
  text: string,
): Promise<void> {
  const { resets } = dependencies;
  const { technician, conversation, editedAt } = message;
  const { beginsAnew, name } = readAnswer(text, english);
  // An edit keeps the id of its message, and is a question of its own. It answers nothing, since that may confirm.
  const isNew = beginsAnew || editedAt !== undefined;
  const activityId = editedAt === undefined ? message.activityId : `${message.activityId} ${editedAt}`;
  const search = dependencies.progress.start(conversation);
  const question = { technician, conversation, activityId, text, progress: search.report };
  let show: () => Promise<void>;
  try {
    const answering: TypedAnswering = isNew ? { kind: 'no-slot' } : await resets.answer({ ...question, name });
    if (answering.kind === 'no-slot') {
      const proposal = await resets.propose(question);
      show = () => showProposal(dependencies, message, proposal);
    } else {
      show = () => showAnswer(dependencies, message, answering, name);
    }
  } finally {
    await search.stop();
  }
  return show();
}

/** Shows what came of a sentence: the card to confirm, a question back, or why nothing is reset. */
async function showProposal(
  { messages, resets, render }: SentenceDependencies,
  { conversation, activityId }: Message,
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
      return messages.reply(conversation, formatAsking(proposal, conversation), activityId);
    case 'missing-user':
      return messages.reply(conversation, askInChat(formatWhoseAt(proposal.customer), conversation), activityId);
    case 'not-a-reset':
      return messages.reply(
        conversation,
        proposal.why === 'not-understood' ? chatReplies.notUnderstood : notAResetTexts[proposal.why],
        activityId,
      );
    case 'not-a-technician':
    case 'groups-unknown':
      return messages.reply(conversation, formatRefusal({ kind: proposal.kind }, undefined), activityId);
    case 'already-answered':
      return;
  }
}

/** Shows what came of a typed answer: on the card of the question, or on a new card where it was asked in words. */
async function showAnswer(
  dependencies: SentenceDependencies,
  message: Message,
  answering: Exclude<TypedAnswering, { kind: 'no-slot' }>,
  name: string,
): Promise<void> {
  const { resets, messages, render } = dependencies;
  const { technician, conversation, activityId } = message;
  const reply = (text: string): Promise<void> => messages.reply(conversation, text, activityId);
  switch (answering.kind) {
    case 'already-answered':
      return;
    case 'no-list':
      return reply(askInChat(formatNoList(answering), conversation));
    case 'no-choice':
      return reply(askInChat(formatChoicesInWords(answering.question, name), conversation));
    case 'confirmation': {
      const confirmed = await resets.confirmChosen(answering.question, technician, answering.choice);
      return showConfirmation(dependencies, message, confirmed);
    }
    case 'answered':
      break;
  }
  const { answer, question, choice } = answering;
  switch (answer.kind) {
    case 'in-words':
      return reply(formatAsking(answer, conversation));
    case 'trouble':
      return reply(formatFinding(answer, answer.correlationId));
    case 'request':
      if (!isAskedInWords(question)) return reply(formatChosen(choice, answer));
      return resets.rememberCard(answer.request.id, await messages.postCard(conversation, render.card(answer.request)));
    case 'question':
      // Another message or press is still working on it, and will show what comes of it.
      if (answer.question.state === 'chosen') return;
      if (!isAskedInWords(question)) return reply(formatChosen(choice, answer));
      return resets.rememberQuestionCard(
        answer.question.id,
        await messages.postCard(conversation, render.question(answer.question)),
      );
  }
}

/** A finding in words. Those that ask something back say how to answer in this chat. */
function formatAsking(
  { finding, correlationId }: Pick<Extract<Proposal, { kind: 'question' }>, 'finding' | 'correlationId'>,
  conversation: Message['conversation'],
): string {
  const text = formatFinding(finding, correlationId);
  return finding.kind === 'trouble' ? text : askInChat(text, conversation);
}

/** Answers `confirm` with a line; what comes of it stands on the card. */
export async function showConfirmation(
  dependencies: SentenceDependencies,
  { conversation, activityId }: Message,
  confirmed: ConfirmationInWords,
): Promise<void> {
  const { resets, messages } = dependencies;
  const reply = (text: string): Promise<void> => messages.reply(conversation, text, activityId);
  switch (confirmed.kind) {
    case 'already-answered':
      return;
    case 'elsewhere':
      return reply(chatReplies.confirmElsewhere);
    case 'nothing-open':
      return reply(chatReplies.nothingToConfirm);
    case 'not-understood':
      return reply(chatReplies.confirmNotUnderstood(confirmed.methods));
    case 'which':
      return reply(formatWhichConfirmation(confirmed.question));
    case 'confirmed':
      break;
  }
  const { request, confirmation, methods } = confirmed;
  const { displayName, userPrincipalName } = request.target.user;
  const person = `${displayName} (${userPrincipalName})`;
  switch (confirmation.kind) {
    case 'begun': {
      await reply(formatConfirmed(confirmation.request, person));
      const answerBy = dependencies.clock.now() + teamsTunables.pressAnswerMilliseconds;
      if (isDoubted(await withinAnswerTime(dependencies, { answerBy }, confirmation.done, confirmation.request)))
        await reply(chatReplies.confirmedInDoubt(person));
      return resets.refreshCard(request.id);
    }
    case 'target-doubted':
      await reply(chatReplies.confirmedInDoubt(person));
      return resets.refreshCard(request.id);
    case 'as-it-stands':
      await reply(chatReplies.confirmedBefore(person));
      return resets.refreshCard(request.id);
    case 'ticket-doubted':
      await reply(formatTicketDoubt(confirmation.request));
      return resets.refreshCard(request.id);
    case 'proof-lacking':
      await reply(typedProofTexts[confirmation.lack](person, formatMethodsInWords(methods)));
      return resets.refreshStatedCard(request.id);
    case 'unknown':
    case 'not-yours':
      return reply(chatReplies.nothingToConfirm);
  }
}

/** Something about the person came up at the press, so the request waits for another one. */
function isDoubted(request: ResetRequest): boolean {
  return isWaitingForConfirmation(request) && request.doubtedAt !== undefined;
}

/** A ticket that is not there stops nothing, so the line says it where the card may be out of sight. */
function formatConfirmed({ ticketFacts }: ResetRequest, person: string): string {
  return ticketFacts?.kind === 'missing'
    ? chatReplies.confirmedWithoutTicket(person, ticketFacts.named)
    : chatReplies.confirmed(person);
}
