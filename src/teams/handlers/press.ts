import { asId, type Clock, type QuestionId, type ResetRequestId } from '../../base/index.ts';
import type {
  ApprovalPress,
  Cancellation,
  Choosing,
  Confirmation,
  Conversation,
  QuestionAnswer,
  ResetRequest,
  ResetUseCases,
} from '../../reset/index.ts';
import { decisionTexts, formatFinding, pressTexts, proofTexts } from '../../texts/index.ts';
import { english, readTypedTicket } from '../../understanding/index.ts';
import { card, type InvokeResponse, rejectPress, sentence, verbs } from '../activity/card-actions.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import type { CardRenderer } from '../cards/card-renderer.ts';
import type { TeamsMessages } from '../connector/messages.ts';
import { getAccessPass, reveal, signOut } from './press-direct-message.ts';
import { answerInTime, type ProgressIndicator, withinAnswerTime } from './progress-indicator.ts';

/** What presses are answered with. */
export type PressDependencies = {
  readonly resets: Pick<
    ResetUseCases,
    | 'confirm'
    | 'cancel'
    | 'decideApproval'
    | 'choose'
    | 'cancelQuestion'
    | 'acknowledge'
    | 'reveal'
    | 'signOut'
    | 'getAccessPass'
    | 'run'
    | 'rememberCardAddress'
    | 'refreshCard'
    | 'refreshStatedCard'
  >;
  readonly messages: Pick<TeamsMessages, 'reply'>;
  readonly progress: ProgressIndicator;
  readonly render: CardRenderer;
  readonly clock: Clock;
};

type Press = Extract<IncomingActivity, { kind: 'press' }>;

/**
 * Answers a press of a button. Only the verb, an id and the inputs are read from a card; owner and state of the request
 * or question are looked up. A client that refreshes a card on its own has pressed nothing.
 *
 * @returns The outcome if it is there within `pressAnswerMilliseconds`. Otherwise the state of the work in progress.
 */
export async function handlePress(dependencies: PressDependencies, press: Press): Promise<InvokeResponse> {
  const { resets, render } = dependencies;
  const { technician, conversation, inputs } = press;
  if (press.trigger === 'automatic') return sentence(pressTexts.unknownButton);
  const id = asId<ResetRequestId>(inputs['request'] ?? '');
  switch (press.verb) {
    case verbs.reset:
      return confirm(dependencies, press, id);
    case verbs.cancel:
      return showRequest(dependencies, await resets.cancel(id, technician));
    case verbs.approve:
      return decide(dependencies, conversation, resets.decideApproval(id, technician, conversation, 'approved'));
    case verbs.decline:
      return decide(dependencies, conversation, resets.decideApproval(id, technician, conversation, 'declined'));
    case verbs.choose:
      return choose(dependencies, press);
    case verbs.cancelQuestion: {
      const questionId = asId<QuestionId>(inputs['question'] ?? '');
      return showChoice(dependencies, await resets.cancelQuestion(questionId, technician));
    }
    case verbs.passedOn: {
      const passed = await answerInTime(dependencies, conversation, resets.acknowledge(id, technician));
      if (passed.kind === 'late') return sentence(pressTexts.beingHidden);
      if (passed.kind !== 'as-it-stands') return rejectPress(passed.kind);
      return card(render.directMessage(passed.request, undefined));
    }
    case verbs.reveal:
      return reveal(dependencies, press, id);
    case verbs.signOut:
      return signOut(dependencies, press, id);
    case verbs.accessPass:
      return getAccessPass(dependencies, press, id);
    default:
      return sentence(pressTexts.unknownButton);
  }
}

/** Answers `Reset password`. */
async function confirm(dependencies: PressDependencies, press: Press, id: ResetRequestId): Promise<InvokeResponse> {
  const { resets } = dependencies;
  const { technician, conversation, inputs, replyToId } = press;
  const stated = {
    verification: inputs['verification'] ?? '',
    ticket: readTypedTicket(inputs['ticket'] ?? '', english),
    shown: inputs['shown'],
    doubted: inputs['doubted'],
  };
  const address = replyToId === undefined ? undefined : { conversation, activityId: replyToId };
  const confirmation = await resets.confirm(id, technician, stated, address);
  if ('request' in confirmation && address !== undefined) resets.rememberCardAddress(confirmation.request, address);
  if (confirmation.kind === 'proof-lacking') {
    dependencies.progress.runInBackground(conversation, resets.refreshStatedCard(id));
  }
  if (confirmation.kind === 'ticket-doubted' || confirmation.kind === 'target-doubted') {
    dependencies.progress.runInBackground(conversation, resets.refreshCard(id));
  }
  return showRequest(dependencies, confirmation);
}

/** Shows the card of the request after `Reset password` or `Cancel`. */
async function showRequest(
  dependencies: PressDependencies,
  pressed: Confirmation | Cancellation,
): Promise<InvokeResponse> {
  const { resets, render } = dependencies;
  switch (pressed.kind) {
    case 'begun':
      return card(render.card(await withinAnswerTime(dependencies, pressed.done, pressed.request)));
    case 'as-it-stands': {
      const { request } = pressed;
      return card(render.card(await withinAnswerTime(dependencies, resets.run(request), request)));
    }
    case 'ticket-doubted':
    case 'target-doubted':
      return card(render.card(pressed.request));
    case 'proof-lacking':
      return sentence(proofTexts[pressed.lack]);
    case 'unknown':
    case 'not-yours':
      return rejectPress(pressed.kind);
  }
}

/** Answers `Approve` or `Decline`. */
async function decide(
  dependencies: PressDependencies,
  conversation: Conversation,
  taking: Promise<ApprovalPress>,
): Promise<InvokeResponse> {
  const { clock, resets, render } = dependencies;
  const pressedAt = clock.now();
  // Another press may still work on the request in a chat that does not answer. That must not make this answer late.
  const taken = await answerInTime(dependencies, conversation, taking);
  switch (taken.kind) {
    case 'begun':
      return show(taken.done, taken.request);
    case 'as-it-stands':
      return show(resets.run(taken.request), taken.request);
    case 'unknown':
      return sentence(pressTexts.unknownCard);
    case 'late':
      return sentence(decisionTexts.late);
    case 'too-early':
      return sentence(decisionTexts.tooEarly);
    case 'not-allowed':
      return sentence(decisionTexts[taken.why]);
  }

  async function show(done: Promise<ResetRequest>, atPress: ResetRequest): Promise<InvokeResponse> {
    return card(render.approval(await withinAnswerTime(dependencies, done, atPress, pressedAt)));
  }
}

/** Answers `Choose` on the card of a question. */
async function choose(dependencies: PressDependencies, press: Press): Promise<InvokeResponse> {
  const { resets, progress } = dependencies;
  const { technician, conversation, inputs } = press;
  const id = asId<QuestionId>(inputs['question'] ?? '');
  const search = progress.start(conversation);
  const stop = () => search.stop();
  const choosing = resets.choose(id, technician, inputs['choice'] ?? '', search.report);
  const searching = choosing.then((chosen) => (chosen.kind === 'taken' ? chosen.done : undefined));
  progress.runInBackground(conversation, searching.then(stop, stop));
  return showChoice(dependencies, await choosing);
}

/**
 * Shows what came of a choice, or the card that says that the search continues. A failure after that is reported in
 * the chat.
 */
async function showChoice(dependencies: PressDependencies, choosing: Choosing): Promise<InvokeResponse> {
  const { render, progress, messages } = dependencies;
  switch (choosing.kind) {
    case 'nothing-chosen':
      return sentence(pressTexts.nothingChosen);
    case 'unknown':
    case 'not-yours':
      return rejectPress(choosing.kind);
    case 'taken': {
      const { question, done } = choosing;
      const asPressed: QuestionAnswer = { kind: 'question', question };
      const answer = await withinAnswerTime(dependencies, done, asPressed);
      if (answer === asPressed) progress.runInBackground(question.askedIn, done.then(reportTrouble));
      return show(answer);
    }
  }

  function show(answer: QuestionAnswer): InvokeResponse {
    switch (answer.kind) {
      case 'question':
        return card(render.question(answer.question));
      case 'request':
        return card(render.card(answer.request));
      case 'in-words':
        return sentence(formatFinding(answer.finding, answer.correlationId));
      case 'trouble':
        return sentence(formatFinding(answer, answer.correlationId));
    }
  }

  async function reportTrouble(answer: QuestionAnswer): Promise<void> {
    if (answer.kind !== 'trouble' || choosing.kind !== 'taken') return;
    await messages.reply(choosing.question.askedIn, formatFinding(answer, answer.correlationId));
  }
}
