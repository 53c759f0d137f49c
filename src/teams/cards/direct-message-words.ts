import type { ResetRequest } from '../../reset/request.ts';
import { adviceOn } from '../texts/advice-on.ts';
import { directMessageTexts } from '../texts/direct-message-texts.ts';
import { cleanName } from './clean-name.ts';
import type { DirectMessageView } from './direct-message-view.ts';

export type DirectMessageWords = {
  readonly style: 'good' | 'attention' | 'warning' | 'emphasis' | 'accent';
  readonly heading: string;
  readonly says: string;
  readonly next?: string;
};

/** Long enough for two sentences with a few names in them. */
const longestSentence = 600;

/** What the direct message says in each of its views. */
export function directMessageWords(request: ResetRequest, view: DirectMessageView): DirectMessageWords {
  switch (view) {
    case 'placeholder':
      return { style: 'emphasis', ...directMessageTexts.placeholder };
    case 'password':
      return { style: 'good', ...directMessageTexts.password };
    case 'unclear':
      return { style: 'warning', ...directMessageTexts.unclear };
    case 'reveal':
      return request.attention === undefined
        ? { style: 'good', ...directMessageTexts.reveal }
        : { style: 'warning', ...directMessageTexts.unclear };
    case 'hidden':
      return { style: 'emphasis', ...directMessageTexts.hidden };
    case 'given-up':
      return { style: 'warning', ...directMessageTexts.givenUp };
    case 'nothing':
      return { style: 'emphasis', ...directMessageTexts.nothing };
    case 'seal-broken':
      return { style: 'warning', ...directMessageTexts.sealBroken };
    case 'refused': {
      const { heading, says } = directMessageTexts.refused;
      if (request.refusal === undefined) return { style: 'attention', heading, says };
      const advice = adviceOn(request.refusal);
      const cleaned = { says: cleanName(advice.says, longestSentence), next: cleanName(advice.next, longestSentence) };
      return { style: 'attention', heading, ...cleaned };
    }
  }
}
