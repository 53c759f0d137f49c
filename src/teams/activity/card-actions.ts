import { readProperty } from '../../base/index.ts';

/** What a button can ask for. The renderers write these on buttons, and nothing else is read from a click. */
export const verbs = {
  reset: 'reset',
  cancel: 'cancel',
  reveal: 'reveal',
  passedOn: 'passed-on',
  choose: 'choose',
  cancelQuestion: 'cancel-question',
  approve: 'approve',
  decline: 'decline',
} as const;

const mostEntries = 50;
const longestKey = 100;
const longestText = 2000;

/**
 * What a button carried, as texts: clients send numbers, truth values, or the whole of it as JSON in a string. At most
 * 50 entries, keys up to 100 and texts up to 2,000 characters; what does not fit is left out.
 */
export function readActionData(data: unknown): Readonly<Record<string, string>> {
  const whole = typeof data === 'string' ? parseLeniently(data) : data;
  if (typeof whole !== 'object' || whole === null || Array.isArray(whole)) return {};
  const entries: [string, string][] = [];
  for (const key of Object.keys(whole)) {
    if (entries.length === mostEntries) break;
    if (key === '__proto__' || key.length > longestKey) continue;
    const value = readProperty(whole, key);
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
    const text = String(value);
    if (text.length <= longestText) entries.push([key, text]);
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

/** What a press of a button is answered with: another card, or a sentence. "Not allowed" is a sentence too. */
export type InvokeResponse =
  { readonly kind: 'card'; readonly card: object } | { readonly kind: 'message'; readonly text: string };

/**
 * The body that Teams takes as an answer to `adaptiveCard/action`. Anything else shows "Unable to reach app" and is
 * delivered again. See
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
