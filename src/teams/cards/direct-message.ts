import template from '../../../cards/direct-message.json' with { type: 'json' };
import type { Secret } from '../../base/index.ts';
import { isBehindButton, makeReference, type ResetRequest, wasGivenUp } from '../../reset/index.ts';
import {
  accessPassTexts,
  buttons,
  cardTimes,
  describeAccessPass,
  describeRefusal,
  describeSigningOut,
  describeWhatRemains,
  directMessageTexts,
  formatCardTime,
  formatCardTimeOfDay,
  formatSummary,
  isFailed,
  labels,
  type Spelling,
} from '../../texts/index.ts';
import { verbs } from '../activity/card-actions.ts';
import { formatTarget } from './card-parts.ts';
import { type Card, compileCardTemplate } from './card-template.ts';

type DirectMessageOptions = {
  /** How passwords are delivered: in the message itself, or after a press of `Show password`. */
  readonly delivery: 'message' | 'reveal';
  readonly showPasswordForMinutes: number;
  /** How to say it on the phone. It is called only when a password is shown. */
  readonly spellAloud: (password: string) => Spelling;
  /** Whether the requester may sign the user out everywhere now. */
  readonly offersSignOut?: boolean | undefined;
  /** Whether the requester may get a Temporary Access Pass now. */
  readonly offersAccessPass?: boolean | undefined;
  /** A pass that goes with the password. It is shown only with it. */
  readonly accessPass?: Secret | undefined;
};

const bind = compileCardTemplate('direct-message', template);

/**
 * The message to the requester alone, as the request stands. A password that is given stands in the element `password`
 * and nowhere else; without one the card holds none. With delivery `reveal`, give a password only as the answer to
 * `Show password`.
 */
export function renderDirectMessage(
  request: ResetRequest,
  password: Secret | undefined,
  {
    delivery,
    showPasswordForMinutes: minutes,
    spellAloud,
    offersSignOut = false,
    ...passOptions
  }: DirectMessageOptions,
): Card {
  const view = findDirectMessageView(request, password !== undefined, delivery);
  const words = describeDirectMessage(request, view);
  const shows = view === 'password' || view === 'unclear';
  const { hideAt } = request;
  const { signOut, accessPass } = request;
  const followUpFailed = [signOut, accessPass].some((one) => one !== undefined && isFailed(one.outcome));
  const failed = request.attention !== undefined || view === 'refused' || followUpFailed;
  const value = password === undefined ? '' : password.reveal((text) => text);
  const pass = shows ? passOptions.accessPass?.reveal((text) => text) : undefined;
  const remains = shows || view === 'reveal' ? describeWhatRemains(request) : undefined;
  const spelling = shows ? spellAloud(value) : { how: '', lines: [] };
  return bind({
    ...formatTarget(request.target),
    style: words.style,
    heading: words.heading,
    summary: formatSummary(words.heading, request.target.user.displayName),
    hasPassword: shows,
    password: value,
    aloud: spelling.how,
    spelling: spelling.lines,
    hasPass: pass !== undefined,
    passLabel: accessPassTexts.label,
    pass: pass ?? '',
    passSpelling: pass === undefined ? [] : spellAloud(pass).lines,
    says: words.says,
    hasRemains: remains !== undefined,
    remains: remains ?? '',
    hasNext: words.next !== undefined,
    next: words.next ?? '',
    hasUntil: shows && hideAt !== undefined,
    untilLabel: directMessageTexts.shownUntil,
    until: formatCardTimeOfDay(hideAt ?? 0),
    hasShownFor: view === 'reveal' || (shows && hideAt === undefined),
    shownFor: shows ? directMessageTexts.shownFor(minutes) : directMessageTexts.shownForOnceOpened(minutes),
    from: directMessageTexts.from[request.askedIn.kind],
    hasReference: failed,
    referenceLabel: labels.reference,
    reference: makeReference(request.id),
    correlationLabel: labels.correlation,
    correlation: request.correlationId,
    hasSignedOut: signOut !== undefined,
    signedOut: signOut === undefined ? '' : describeSigningOut(signOut, { formatInstant: formatCardTime }),
    hasPassNote: accessPass !== undefined,
    passNote:
      accessPass === undefined
        ? ''
        : describeAccessPass(accessPass, {
            formatInstant: formatCardTime,
            isBehindButton: isBehindButton(request) && pass === undefined,
          }),
    hasAccessPass: shows && passOptions.offersAccessPass === true,
    accessPassTitle: buttons.accessPass,
    accessPassVerb: verbs.accessPass,
    hasSignOut: offersSignOut && (shows || view === 'reveal'),
    signOutTitle: buttons.signOut,
    signOutVerb: verbs.signOut,
    hasReveal: view === 'reveal',
    hasPassedOn: shows || view === 'reveal',
    request: request.id,
    revealTitle: buttons.reveal,
    revealVerb: verbs.reveal,
    passedOnTitle: buttons.passedOn,
    passedOnVerb: verbs.passedOn,
  });
}

/** What the direct message shows. `password` and `unclear` hold the password, the others never do. */
type DirectMessageView =
  | 'placeholder'
  | 'password'
  | 'unclear'
  | 'reveal'
  | 'hidden'
  | 'replaced'
  | 'given-up'
  | 'refused'
  | 'seal-broken'
  | 'nothing';

/** Which view fits a request, given whether there is a password to show and how passwords are delivered. */
function findDirectMessageView(
  request: ResetRequest,
  hasPassword: boolean,
  delivery: 'message' | 'reveal',
): DirectMessageView {
  if (hasPassword) return request.attention === undefined ? 'password' : 'unclear';
  if (request.attention?.kind === 'seal-broken') return 'seal-broken';
  if (request.replacedAt !== undefined) return 'replaced';
  if (wasGivenUp(request)) return 'given-up';
  switch (request.state) {
    case 'delivered':
      return delivery === 'reveal' && request.sealedPassword !== undefined ? 'reveal' : 'hidden';
    case 'hidden':
      return 'hidden';
    case 'refused':
      return 'refused';
    case 'proposed':
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'reset':
    case 'delivering':
    case 'needs-attention':
      return 'placeholder';
    case 'cancelled':
    case 'declined':
    case 'expired':
      return 'nothing';
  }
}

type DirectMessageWords = {
  readonly style: 'good' | 'attention' | 'warning' | 'emphasis' | 'accent';
  readonly heading: string;
  readonly says: string;
  readonly next?: string;
};

/** What the direct message says in each of its views. */
function describeDirectMessage(request: ResetRequest, view: DirectMessageView): DirectMessageWords {
  switch (view) {
    case 'placeholder':
      return { style: 'emphasis', ...directMessageTexts.placeholder };
    case 'password':
      return {
        style: 'good',
        ...directMessageTexts.password,
        ...(request.writeBack?.isUsed && { says: directMessageTexts.writtenBack }),
      };
    case 'unclear':
      return { style: 'warning', ...directMessageTexts.unclear };
    case 'reveal':
      return request.attention === undefined
        ? { style: 'good', ...directMessageTexts.reveal }
        : { style: 'warning', ...directMessageTexts.unclear };
    case 'hidden':
      return { style: 'emphasis', ...directMessageTexts.hidden };
    case 'replaced':
      return { style: 'emphasis', ...directMessageTexts.replaced(formatCardTime(request.replacedAt ?? 0)) };
    case 'given-up':
      return { style: 'warning', ...directMessageTexts.givenUp };
    case 'nothing':
      return { style: 'emphasis', ...directMessageTexts.nothing };
    case 'seal-broken':
      return { style: 'warning', ...directMessageTexts.sealBroken };
    case 'refused': {
      const { heading, says } = directMessageTexts.refused;
      if (request.refusal === undefined) return { style: 'attention', heading, says };
      const { problem, advice } = describeRefusal(request.refusal, cardTimes);
      return { style: 'attention', heading, says: problem, next: advice };
    }
  }
}
