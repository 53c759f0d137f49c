import { asId, type Clock, type QuestionId, type ResetRequestId } from '../../base/index.ts';
import type {
  AccessPassPress,
  ApprovalPress,
  Cancellation,
  Choosing,
  Confirmation,
  QuestionAnswer,
  ResetRequest,
  ResetUseCases,
  SigningOut,
} from '../../reset/index.ts';
import {
  accessPassTexts,
  decisionTexts,
  describeAccessPass,
  describeSigningOut,
  formatFinding,
  formatRefusal,
  formatTime,
  pressTexts,
  proofTexts,
  signOutTexts,
} from '../../texts/index.ts';
import { type InvokeResponse, verbs } from '../activity/card-actions.ts';
import type { IncomingActivity } from '../activity/incoming-activity.ts';
import type { CardRenderer } from '../cards/card-renderer.ts';
import type { TeamsMessages } from '../connector/messages.ts';
import { type ProgressIndicator, withinAnswerTime } from './progress-indicator.ts';

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

const late = { kind: 'late' } as const;

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
      return decide(dependencies, resets.decideApproval(id, technician, conversation, 'approved'));
    case verbs.decline:
      return decide(dependencies, resets.decideApproval(id, technician, conversation, 'declined'));
    case verbs.choose:
      return choose(dependencies, press);
    case verbs.cancelQuestion: {
      const questionId = asId<QuestionId>(inputs['question'] ?? '');
      return showChoice(dependencies, await resets.cancelQuestion(questionId, technician));
    }
    case verbs.passedOn: {
      const passing: Promise<Cancellation | typeof late> = resets.acknowledge(id, technician);
      const passed = await withinAnswerTime(dependencies, passing, late);
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
  const stated = { verification: inputs['verification'] ?? '', ticket: inputs['ticket'] ?? '' };
  const address = replyToId === undefined ? undefined : { conversation, activityId: replyToId };
  const confirmation = await resets.confirm(id, technician, stated, address);
  if ('request' in confirmation && address !== undefined) resets.rememberCardAddress(confirmation.request, address);
  if (confirmation.kind === 'proof-lacking') {
    dependencies.progress.runInBackground(conversation, resets.refreshStatedCard(id));
  }
  if (confirmation.kind === 'ticket-doubted') {
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
      return card(render.card(pressed.request));
    case 'proof-lacking':
      return sentence(proofTexts[pressed.lack]);
    case 'unknown':
    case 'not-yours':
      return rejectPress(pressed.kind);
  }
}

/** Answers `Show password`, which works in the direct message only. */
async function reveal(
  dependencies: PressDependencies,
  { conversation, technician }: Press,
  id: ResetRequestId,
): Promise<InvokeResponse> {
  if (conversation.kind !== 'personal') return sentence(pressTexts.unknownButton);
  const { resets, render } = dependencies;
  // A delivery that is given up on the way is told in chats that may not answer.
  const revealed = await withinAnswerTime<Awaited<ReturnType<typeof resets.reveal>> | typeof late>(
    dependencies,
    resets.reveal(id, technician),
    late,
  );
  switch (revealed.kind) {
    case 'late':
      return sentence(pressTexts.showingLate);
    case 'revealed':
      return card(render.directMessage(revealed.request, revealed.password, revealed.accessPass));
    case 'as-it-stands':
      return card(render.directMessage(revealed.request, undefined));
    case 'not-here':
      return sentence(pressTexts.passwordElsewhere(revealed.request.correlationId));
    case 'unreadable':
      return sentence(pressTexts.passwordUnreadable(revealed.request.correlationId));
    case 'unknown':
    case 'not-yours':
      return rejectPress(revealed.kind);
  }
}

/** Answers `Sign out everywhere`, which works in the direct message only. */
async function signOut(
  dependencies: PressDependencies,
  { conversation, technician }: Press,
  id: ResetRequestId,
): Promise<InvokeResponse> {
  if (conversation.kind !== 'personal') return sentence(pressTexts.unknownButton);
  const { resets } = dependencies;
  const signed = await withinAnswerTime<SigningOut | typeof late>(dependencies, resets.signOut(id, technician), late);
  switch (signed.kind) {
    case 'late':
      return sentence(signOutTexts.late);
    case 'pressed':
      return sentence(describeSigningOut(signed.outcome, formatTime));
    case 'not-now':
      return sentence(signOutTexts.notNow[signed.why]);
    case 'frozen':
      return sentence(formatRefusal(signed.refusal, undefined));
    case 'unknown':
    case 'not-yours':
      return rejectPress(signed.kind);
  }
}

/** Answers `Temporary access pass`, which works in the direct message only. */
async function getAccessPass(
  dependencies: PressDependencies,
  { conversation, technician }: Press,
  id: ResetRequestId,
): Promise<InvokeResponse> {
  if (conversation.kind !== 'personal') return sentence(pressTexts.unknownButton);
  const { resets, render } = dependencies;
  const getting = resets.getAccessPass(id, technician);
  const got = await withinAnswerTime<AccessPassPress | typeof late>(dependencies, getting, late);
  switch (got.kind) {
    case 'late':
      return sentence(accessPassTexts.late);
    case 'shown':
      return card(render.directMessage(got.request, got.password, got.pass));
    case 'pressed':
      return sentence(describeAccessPass(got.outcome, formatTime));
    case 'not-now':
      return sentence(accessPassTexts.notNow[got.why]);
    case 'stopped':
      return sentence(formatRefusal(got.refusal, undefined));
    case 'unknown':
    case 'not-yours':
      return rejectPress(got.kind);
  }
}

/** Answers `Approve` or `Decline`. */
async function decide(dependencies: PressDependencies, taking: Promise<ApprovalPress>): Promise<InvokeResponse> {
  const { clock, resets, render } = dependencies;
  const pressedAt = clock.now();
  // Another press may still work on the request in a chat that does not answer. That must not make this answer late.
  const taken = await withinAnswerTime<ApprovalPress | typeof late>(dependencies, taking, late);
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

function card(shown: object): InvokeResponse {
  return { kind: 'card', card: shown };
}

function sentence(text: string): InvokeResponse {
  return { kind: 'message', text };
}

function rejectPress(kind: 'unknown' | 'not-yours'): InvokeResponse {
  return sentence(kind === 'unknown' ? pressTexts.unknownCard : pressTexts.notYours);
}
