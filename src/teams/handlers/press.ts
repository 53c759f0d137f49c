import { asId, type QuestionId, type ResetRequestId, resolveWithin } from '../../base/index.ts';
import type {
  ApprovalPress,
  Cancellation,
  Choosing,
  Confirmation,
  MessageAddress,
  QuestionAnswer,
  ResetRequest,
} from '../../reset/index.ts';
import { chatReplies, decisionTexts, formatFinding, proofTexts } from '../../texts/index.ts';
import { type InvokeResponse, verbs } from '../activity/card-actions.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import type { BotDependencies } from './dependencies.ts';

/** A click is answered within three seconds: with the outcome if it is there by then, else with what is under way. */
const answerWithinMilliseconds = 2500;

const latePress = { kind: 'late' } as const;

/**
 * Answers a press. Rule: of a card only the verb, an id and the inputs are read; whose request or question that is and
 * how it stands is looked up. A client that refreshes a card by itself has pressed nothing.
 */
export async function handlePress(
  parts: BotDependencies,
  press: Extract<IncomingActivity, { kind: 'press' }>,
): Promise<InvokeResponse> {
  const { resets, render } = parts;
  const { technician, data } = press;
  if (press.trigger === 'automatic') return sentence(chatReplies.unknownButton);
  const id = asId<ResetRequestId>(data['request'] ?? '');
  switch (press.verb) {
    case verbs.reset: {
      const said = { verification: data['verification'] ?? '', ticket: data['ticket'] ?? '' };
      const pressedMessage = addressOf(press);
      return respondToConfirmation(parts, pressedMessage, await resets.confirm(id, technician, said, pressedMessage));
    }
    case verbs.cancel: {
      const cancelled = await resets.cancel(id, technician);
      if (cancelled.kind !== 'as-it-stands') return rejectPress(cancelled.kind);
      return {
        kind: 'card',
        card: render.card(await inTime(parts, resets.run(cancelled.request), cancelled.request)),
      };
    }
    case verbs.approve:
      return respondToDecision(parts, resets.decideApproval(id, technician, press.conversation, 'approved'));
    case verbs.decline:
      return respondToDecision(parts, resets.decideApproval(id, technician, press.conversation, 'declined'));
    case verbs.choose:
      return handleChoice(parts, press);
    case verbs.cancelQuestion:
      return respondToChoice(parts, await resets.cancelQuestion(asId<QuestionId>(data['question'] ?? ''), technician));
    case verbs.passedOn: {
      const passing: Promise<Cancellation | typeof latePress> = resets.acknowledge(id, technician);
      const passed = await resolveWithin(parts.clock, answerWithinMilliseconds, passing, latePress);
      if (passed.kind === 'late') return sentence(chatReplies.beingHidden);
      if (passed.kind !== 'as-it-stands') return rejectPress(passed.kind);
      return { kind: 'card', card: render.directMessage(passed.request, undefined) };
    }
    case verbs.reveal: {
      if (press.conversation.kind !== 'personal') return sentence(chatReplies.unknownButton);
      const revealed = await resets.reveal(id, technician);
      switch (revealed.kind) {
        case 'revealed':
          return { kind: 'card', card: render.directMessage(revealed.request, revealed.password) };
        case 'as-it-stands':
          return { kind: 'card', card: render.directMessage(revealed.request, undefined) };
        case 'not-here':
          return sentence(chatReplies.passwordElsewhere(revealed.request.correlationId));
        case 'unreadable':
          return sentence(chatReplies.passwordUnreadable(revealed.request.correlationId));
        case 'unknown':
        case 'not-yours':
          return rejectPress(revealed.kind);
      }
    }
    // falls through
    default:
      return sentence(chatReplies.unknownButton);
  }
}

/** The message that holds the button. */
function addressOf({
  conversation,
  replyToId,
}: Pick<Extract<IncomingActivity, { kind: 'press' }>, 'conversation' | 'replyToId'>): MessageAddress | undefined {
  return replyToId === undefined ? undefined : { conversation, activityId: replyToId };
}

async function respondToConfirmation(
  parts: BotDependencies,
  pressedMessage: MessageAddress | undefined,
  confirmation: Confirmation,
): Promise<InvokeResponse> {
  if ('request' in confirmation && pressedMessage !== undefined) {
    parts.resets.rememberCardAddress(confirmation.request, pressedMessage);
  }
  const card = (request: ResetRequest): InvokeResponse => ({ kind: 'card', card: parts.render.card(request) });
  switch (confirmation.kind) {
    case 'begun':
      return card(await inTime(parts, confirmation.done, confirmation.request));
    case 'as-it-stands':
      return card(await inTime(parts, parts.resets.run(confirmation.request), confirmation.request));
    case 'proof-lacking':
      return sentence(proofTexts[confirmation.lack]);
    case 'unknown':
    case 'not-yours':
      return rejectPress(confirmation.kind);
  }
}

async function handleChoice(
  parts: BotDependencies,
  press: Extract<IncomingActivity, { kind: 'press' }>,
): Promise<InvokeResponse> {
  const { technician, conversation, data } = press;
  const id = asId<QuestionId>(data['question'] ?? '');
  const watch = parts.patience.watch(conversation);
  const choosing = await parts.resets
    .choose(id, technician, data['choice'] ?? '', watch.progress)
    .catch(async (failure: unknown) => {
      await watch.end();
      throw failure;
    });
  const done: Promise<unknown> = choosing.kind === 'taken' ? choosing.done : Promise.resolve();
  parts.patience.goOn(
    conversation,
    done.then(
      () => watch.end(),
      () => watch.end(),
    ),
  );
  return respondToChoice(parts, choosing);
}

/** The request as it stands when its work rests, or as it stood at the press if that takes longer or fails. */
function inTime({ clock }: BotDependencies, done: Promise<ResetRequest>, atPress: ResetRequest): Promise<ResetRequest> {
  return resolveWithin(clock, answerWithinMilliseconds, done, atPress);
}

function sentence(text: string): InvokeResponse {
  return { kind: 'message', text };
}

function rejectPress(kind: 'unknown' | 'not-yours'): InvokeResponse {
  return sentence(kind === 'unknown' ? chatReplies.unknownCard : chatReplies.notYours);
}

const lateDecision = { kind: 'late' } as const;

/** Answers a press of `Approve` or `Decline`: with what came of it if it is there in time, else with what is under way. */
async function respondToDecision(
  { clock, resets, render }: BotDependencies,
  taking: Promise<ApprovalPress>,
): Promise<InvokeResponse> {
  const began = clock.now();
  // Others may still be at work on the request, in a chat that hangs: the press goes on, and is not answered late for it.
  const taken = await resolveWithin<ApprovalPress | typeof lateDecision>(
    clock,
    answerWithinMilliseconds,
    taking,
    lateDecision,
  );
  switch (taken.kind) {
    case 'begun':
      return show(taken.done, taken.request);
    case 'as-it-stands':
      return show(resets.run(taken.request), taken.request);
    case 'unknown':
      return { kind: 'message', text: chatReplies.unknownCard };
    case 'late':
      return { kind: 'message', text: decisionTexts.late };
    case 'too-early':
      return { kind: 'message', text: decisionTexts.tooEarly };
    case 'not-allowed':
      return { kind: 'message', text: decisionTexts[taken.why] };
  }

  async function show(done: Promise<ResetRequest>, atPress: ResetRequest): Promise<InvokeResponse> {
    const left = Math.max(0, answerWithinMilliseconds - (clock.now() - began));
    const request = await resolveWithin(clock, left, done, atPress);
    return { kind: 'card', card: render.approval(request) };
  }
}

/**
 * Answers a press on the card of a question: with what came of it if it is there in time, else with the card that says it
 * is being looked for. A failure that comes too late for that is said in the chat.
 */
async function respondToChoice(parts: BotDependencies, choosing: Choosing): Promise<InvokeResponse> {
  switch (choosing.kind) {
    case 'nothing-chosen':
      return { kind: 'message', text: chatReplies.nothingChosen };
    case 'unknown':
      return { kind: 'message', text: chatReplies.unknownCard };
    case 'not-yours':
      return { kind: 'message', text: chatReplies.notYours };
    case 'taken': {
      const { question, done } = choosing;
      const asPressed: QuestionAnswer = { kind: 'question', question };
      const answer = await resolveWithin(parts.clock, answerWithinMilliseconds, done, asPressed);
      if (answer === asPressed) parts.patience.goOn(question.askedIn, done.then(sayTrouble));
      return show(answer);
    }
  }

  function show(answer: QuestionAnswer): InvokeResponse {
    switch (answer.kind) {
      case 'question':
        return { kind: 'card', card: parts.render.question(answer.question) };
      case 'request':
        return { kind: 'card', card: parts.render.card(answer.request) };
      case 'trouble':
        return { kind: 'message', text: formatFinding(answer, answer.correlationId) };
    }
  }

  async function sayTrouble(answer: QuestionAnswer): Promise<void> {
    if (answer.kind !== 'trouble' || choosing.kind !== 'taken') return;
    await parts.messages.reply(choosing.question.askedIn, formatFinding(answer, answer.correlationId));
  }
}
