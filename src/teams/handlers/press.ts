import { asId, type Clock, type QuestionId, type ResetRequestId } from '../../base/index.ts';
import type {
  Cancellation,
  Choosing,
  Confirmation,
  QuestionAnswer,
  ResetRequest,
  ResetUseCases,
} from '../../reset/index.ts';
import { decisionTexts, formatFinding, pressTexts, proofTexts } from '../../texts/index.ts';
import { english, readTypedTicket } from '../../understanding/index.ts';
import { card, type InvokeResponse, rejectPress, sentence } from '../activity/card-actions.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import type { CardRenderer } from '../cards/card-renderer.ts';
import type { TeamsMessages } from '../connector/messages.ts';
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

/** A press, and by when it has to be answered: in milliseconds since 1970, from its receipt on. */
export type TimedPress = Extract<IncomingActivity, { kind: 'press' }> & { readonly answerBy: number };

/** Answers `Reset password`. */
export async function confirm(dependencies: PressDependencies, press: TimedPress): Promise<InvokeResponse> {
  const { resets } = dependencies;
  const id = idOf(press);
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
  return showRequest(dependencies, press, confirmation);
}

/** Answers `Cancel` on the card of a request. */
export async function cancel(dependencies: PressDependencies, press: TimedPress): Promise<InvokeResponse> {
  return showRequest(dependencies, press, await dependencies.resets.cancel(idOf(press), press.technician));
}

/** The id of the request on whose card a button was pressed. Nothing about it is known yet. */
export function idOf({ inputs }: TimedPress): ResetRequestId {
  return asId<ResetRequestId>(inputs['request'] ?? '');
}

/** Shows the card of the request after `Reset password` or `Cancel`. */
async function showRequest(
  dependencies: PressDependencies,
  press: TimedPress,
  pressed: Confirmation | Cancellation,
): Promise<InvokeResponse> {
  const { resets, render } = dependencies;
  switch (pressed.kind) {
    case 'begun':
      return card(render.card(await withinAnswerTime(dependencies, press, pressed.done, pressed.request)));
    case 'as-it-stands': {
      const { request } = pressed;
      return card(render.card(await withinAnswerTime(dependencies, press, resets.run(request), request)));
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
export async function decide(
  dependencies: PressDependencies,
  press: TimedPress,
  decision: 'approved' | 'declined',
): Promise<InvokeResponse> {
  const { resets, render } = dependencies;
  const taking = resets.decideApproval(idOf(press), press.technician, press.conversation, decision);
  // Another press may still work on the request in a chat that does not answer. That must not make this answer late.
  const taken = await answerInTime(dependencies, press, taking);
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
    return card(render.approval(await withinAnswerTime(dependencies, press, done, atPress)));
  }
}

/** Answers `Choose` on the card of a question. */
export async function choose(dependencies: PressDependencies, press: TimedPress): Promise<InvokeResponse> {
  const { resets, progress } = dependencies;
  const { technician, conversation, inputs } = press;
  const id = asId<QuestionId>(inputs['question'] ?? '');
  const search = progress.start(conversation);
  const stop = () => search.stop();
  const choosing = resets.choose(id, technician, inputs['choice'] ?? '', search.report);
  const searching = choosing.then((chosen) => (chosen.kind === 'taken' ? chosen.done : undefined));
  progress.runInBackground(conversation, searching.then(stop, stop));
  return showChoice(dependencies, press, await choosing);
}

/** Answers `Cancel` on the card of a question. */
export async function cancelQuestion(dependencies: PressDependencies, press: TimedPress): Promise<InvokeResponse> {
  const id = asId<QuestionId>(press.inputs['question'] ?? '');
  return showChoice(dependencies, press, await dependencies.resets.cancelQuestion(id, press.technician));
}

/**
 * Shows what came of a choice, or the card that says that the search continues. A failure after that is reported in
 * the chat.
 */
async function showChoice(
  dependencies: PressDependencies,
  press: TimedPress,
  choosing: Choosing,
): Promise<InvokeResponse> {
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
      const answer = await withinAnswerTime(dependencies, press, done, asPressed);
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
