import type { Clock } from '../../base/index.ts';
import { isBehindButton, type Refusal, type ResetRequest, type ResetUseCases } from '../../reset/index.ts';
import {
  accessPassTexts,
  describeAccessPass,
  describeSigningOut,
  describeStoppedFollowUp,
  formatReference,
  formatTime,
  pressTexts,
  signOutTexts,
} from '../../texts/index.ts';
import { card, type InvokeResponse, rejectPress, sentence } from '../activity/card-actions.ts';
import type { CardRenderer } from '../cards/card-renderer.ts';
import { idOf, type TimedPress } from './press.ts';
import { answerInTime } from './progress-indicator.ts';

/** What the buttons of the direct message are answered with. */
type DirectMessageDependencies = Parameters<typeof answerInTime>[0] & {
  readonly clock: Clock;
  readonly resets: Pick<ResetUseCases, 'acknowledge' | 'reveal' | 'signOut' | 'getAccessPass'>;
  readonly render: CardRenderer;
};

/** The answer to a press of a button of the direct message. In another chat it is no button of ours. */
type AnswerPress = (dependencies: DirectMessageDependencies, press: TimedPress) => Promise<InvokeResponse>;

function inDirectMessage(answer: AnswerPress): AnswerPress {
  return async (dependencies, press) =>
    press.conversation.kind === 'personal' ? answer(dependencies, press) : sentence(pressTexts.unknownButton);
}

/** Answers `I have passed it on`. */
export const passOn: AnswerPress = async (dependencies, press) => {
  const { resets, render } = dependencies;
  const passed = await answerInTime(dependencies, press, resets.acknowledge(idOf(press), press.technician));
  if (passed.kind === 'late') return sentence(pressTexts.beingHidden);
  if (passed.kind !== 'as-it-stands') return rejectPress(passed.kind);
  return card(render.directMessage(passed.request, undefined));
};

/** Answers `Show password`. */
export const reveal = inDirectMessage(async (dependencies, press) => {
  const { resets, render } = dependencies;
  // A delivery that is given up on the way is told in chats that may not answer.
  const revealed = await answerInTime(dependencies, press, resets.reveal(idOf(press), press.technician));
  switch (revealed.kind) {
    case 'late':
      return sentence(pressTexts.showingLate);
    case 'revealed':
      return card(render.directMessage(revealed.request, revealed.password, revealed.accessPass));
    case 'as-it-stands':
      return card(render.directMessage(revealed.request, undefined));
    case 'not-here':
      return sentence(pressTexts.passwordElsewhere(formatReference(revealed.request)));
    case 'unreadable':
      return sentence(pressTexts.passwordUnreadable(formatReference(revealed.request)));
    case 'unknown':
    case 'not-yours':
      return rejectPress(revealed.kind);
  }
});

/** Answers `Sign out everywhere`. */
export const signOut = inDirectMessage(async (dependencies, press) => {
  const { resets } = dependencies;
  const signed = await answerInTime(dependencies, press, resets.signOut(idOf(press), press.technician));
  switch (signed.kind) {
    case 'late':
      return sentence(signOutTexts.late);
    case 'pressed':
      return sentence(describeSigningOut(signed.outcome, toldOf(signed.request)));
    case 'not-now':
      return sentence(signOutTexts.notNow[signed.why]);
    case 'frozen':
    case 'unknown':
    case 'not-yours':
      return answerStopped(signed);
  }
});

/** Answers `Temporary access pass`. */
export const getAccessPass = inDirectMessage(async (dependencies, press) => {
  const { resets, render } = dependencies;
  const got = await answerInTime(
    dependencies,
    press,
    resets.getAccessPass(idOf(press), press.technician, press.answerBy),
  );
  switch (got.kind) {
    case 'late':
      return sentence(accessPassTexts.late);
    case 'shown':
      return card(render.directMessage(got.request, got.password, got.pass));
    case 'pressed':
      return sentence(
        describeAccessPass(got.outcome, { ...toldOf(got.request), isBehindButton: isBehindButton(got.request) }),
      );
    case 'not-now':
      return sentence(accessPassTexts.notNow[got.why]);
    case 'stopped':
    case 'unknown':
    case 'not-yours':
      return answerStopped(got);
  }
});

/** The answer to a press of either follow-up that certainly did nothing. */
function answerStopped(
  stopped:
    | { readonly kind: 'frozen' | 'stopped'; readonly request: ResetRequest; readonly refusal: Refusal }
    | { readonly kind: 'unknown' | 'not-yours' },
): InvokeResponse {
  return 'refusal' in stopped
    ? sentence(describeStoppedFollowUp(stopped.refusal, formatReference(stopped.request)))
    : rejectPress(stopped.kind);
}

function toldOf(request: ResetRequest) {
  return { formatInstant: formatTime, reference: formatReference(request) };
}
