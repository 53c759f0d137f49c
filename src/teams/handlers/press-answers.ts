import { pressTexts } from '../../texts/index.ts';
import type { InvokeResponse } from '../activity/card-actions.ts';

/** Answers a press with a card. */
export function card(shown: object): InvokeResponse {
  return { kind: 'card', card: shown };
}

/** Answers a press with a sentence, which only the person who pressed sees. */
export function sentence(text: string): InvokeResponse {
  return { kind: 'message', text };
}

/** Answers a press that means nothing, or is of another person. */
export function rejectPress(kind: 'unknown' | 'not-yours'): InvokeResponse {
  return sentence(kind === 'unknown' ? pressTexts.unknownCard : pressTexts.notYours);
}
