import { readProperty, teamsTunables } from '../../base/index.ts';
import { pressTexts } from '../../texts/index.ts';

/** The verbs of the buttons, as the cards carry them. */
export const verbs = {
  reset: 'reset',
  cancel: 'cancel',
  reveal: 'reveal',
  passedOn: 'passed-on',
  signOut: 'sign-out',
  accessPass: 'access-pass',
  choose: 'choose',
  cancelQuestion: 'cancel-question',
  approve: 'approve',
  decline: 'decline',
  status: 'status',
  history: 'history',
  help: 'help',
  cancelListed: 'cancel-listed',
  hideListed: 'hide-listed',
  cancelListedQuestion: 'cancel-listed-question',
  freeze: 'freeze',
  freezeEverything: 'freeze-everything',
  cancelFreeze: 'cancel-freeze',
} as const;

/**
 * Reads the data of a press as texts. Clients also send numbers and booleans, or all of it as JSON in a string. At most
 * 50 entries are read, with keys up to 100 and texts up to 2,000 characters. An entry that does not fit is left out.
 */
export function readActionData(data: unknown): Readonly<Record<string, string>> {
  const whole = typeof data === 'string' ? parseLeniently(data) : data;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return {};
  const entries: [string, string][] = [];
  for (const key of Object.keys(whole)) {
    if (entries.length === teamsTunables.maxInputs) break;
    if (key === '__proto__' || key.length > teamsTunables.maxInputNameLength) continue;
    const value = readProperty(whole, key);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    const text = String(value);
    if (text.length <= teamsTunables.maxInputLength) entries.push([key, text]);
  }
  return Object.fromEntries(entries);
}

function parseLeniently(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The answer to a press: a card that replaces the pressed one, or a sentence. A refusal is a sentence too. */
export type InvokeResponse =
  { readonly kind: 'card'; readonly card: object } | { readonly kind: 'message'; readonly text: string };

/**
 * The HTTP body that answers `adaptiveCard/action`. On any other body Teams shows "Unable to reach app" and delivers the
 * press again. See
 * https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards.
 */
export function createInvokeBody(answer: InvokeResponse): object {
  switch (answer.kind) {
    case 'card':
      return { statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: answer.card };
    case 'message':
      return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: answer.text };
  }
}

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
