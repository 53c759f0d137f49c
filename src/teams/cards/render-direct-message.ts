import template from '../../../cards/direct-message.json' with { type: 'json' };
import type { ResetRequest } from '../../reset/request.ts';
import type { Secret } from '../../secret.ts';
import { buttons } from '../texts/buttons.ts';
import { directMessageTexts } from '../texts/direct-message-texts.ts';
import { labels } from '../texts/labels.ts';
import type { Card } from './card.ts';
import { createCard } from './create-card.ts';
import { directMessageView } from './direct-message-view.ts';
import { directMessageWords } from './direct-message-words.ts';
import { macroTime } from './macro-time.ts';
import { sayTime } from './say-time.ts';
import { targetData } from './target-data.ts';
import { verbs } from './verbs.ts';

export type DirectMessageOptions = {
  readonly delivery: 'message' | 'reveal';
  /** For how long a password is shown. */
  readonly showPasswordForMinutes: number;
  /** What to say on the phone, one step after the other; asked for only where there is a password to show. */
  readonly spellAloud: (password: string) => readonly string[];
};

const bind = createCard('direct-message', template);

/**
 * The message to the requester alone, as the request stands. It holds the password where one is given, in the element
 * `password`, and nowhere and never otherwise. With `reveal` hand one over only to answer `Show password`.
 */
export function renderDirectMessage(
  request: ResetRequest,
  password: Secret | undefined,
  options: DirectMessageOptions,
): Card {
  const view = directMessageView(request, password !== undefined, options.delivery);
  const words = directMessageWords(request, view);
  const target = targetData(request.target);
  const shows = view === 'password' || view === 'unclear';
  const { hideAt } = request;
  const minutes = options.showPasswordForMinutes;
  const failed = request.attention !== undefined || view === 'refused';
  const value = password === undefined ? '' : password.reveal((text) => text);
  return bind({
    ...target,
    style: words.style,
    heading: words.heading,
    hasPassword: shows,
    password: value,
    aloud: directMessageTexts.aloud,
    spelling: shows ? options.spellAloud(value).join(' · ') : '',
    says: words.says,
    hasNext: words.next !== undefined,
    next: words.next ?? '',
    hasUntil: shows && hideAt !== undefined,
    untilLabel: directMessageTexts.shownUntil,
    untilMacro: macroTime(hideAt ?? 0),
    until: sayTime(hideAt ?? 0),
    hasShownFor: view === 'reveal' || (shows && hideAt === undefined),
    shownFor: shows ? directMessageTexts.shownFor(minutes) : directMessageTexts.shownForOnceOpened(minutes),
    from: directMessageTexts.from[request.askedIn.kind],
    hasReference: failed,
    referenceLabel: labels.reference,
    reference: request.correlationId,
    hasReveal: view === 'reveal',
    hasPassedOn: shows || view === 'reveal',
    request: request.id,
    revealTitle: buttons.reveal,
    revealVerb: verbs.reveal,
    passedOnTitle: buttons.passedOn,
    passedOnVerb: verbs.passedOn,
  });
}
