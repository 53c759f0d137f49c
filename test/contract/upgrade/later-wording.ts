import { formatTime } from '../../../src/texts/index.ts';
import { own } from '../../support/own.ts';

/** Sentences that were worded anew since 84dc7a8: what they are now, and what they were then. */
const reworded: readonly (readonly [now: RegExp, before: string])[] = [
  [/^Waiting since .*: no answer has come yet from Partner Center or Teams\.$/, 'Working on it…'],
  [
    /^It passes by itself or ends with the reason\. This card will say how it went\.$/,
    'The temporary password comes to you in a direct message. This card will say how it went.',
  ],
  [
    /^Waiting since .*: Locksmith has no sign-in to Partner Center just now, so resets pause\.$/,
    'Locksmith has no sign-in to Partner Center just now, so resets pause.',
  ],
  [/has waited since [^,]*, \d\d:\d\d UTC, because Locksmith/, 'waits, because Locksmith'],
  [
    /^Nothing is reset before a second person approves it\. This card will say what they decide\.$/,
    'Nothing is reset before a second person approves it. This card will say what they decide. Type cancel to take it back.',
  ],
  [/^Ask for approval$/, 'Reset password'],
  [/^Password ready$/, 'Temporary password'],
  [/^Temporary password ready$/, 'Temporary password'],
];

/**
 * The same, without what is shown otherwise since 84dc7a8. A card's time is the reader's, and was UTC. How the caller was
 * verified is a list or a row of choices. What waits for a second person has a button to take it back.
 */
export function withoutLaterWording<Value>(shown: Value): Value {
  const text = JSON.stringify(shown, (key, value: unknown) => {
    if (key === 'fallbackText') return undefined;
    if (key === 'actions' && Array.isArray(value) && value.length === 1 && own(value[0], 'verb') === 'cancel')
      return [];
    if (own(value, 'type') === 'Input.ChoiceSet') return { ...Object(value), style: undefined, wrap: undefined };
    if (Array.isArray(value)) return value.filter((one) => !isLaterRow(one));
    return typeof value === 'string' ? withFormerWords(value) : value;
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same, but for words
  return (text === undefined ? undefined : JSON.parse(text)) as Value;
}

/** The row that says whom a request waits for. */
function isLaterRow(part: unknown): boolean {
  return own(part, 'type') === 'ColumnSet' && JSON.stringify(part).includes('"text":"Waits for"');
}

function withFormerWords(text: string): string {
  const inUtc = text
    .replaceAll(/ \(\d{1,2} \w{3} \d{4}, \d\d:\d\d UTC\)/g, '')
    .replaceAll(/(?:\{\{DATE\([^)]+\)\}\} )?\{\{TIME\(([^)]+)\)\}\}/g, (_macro, at: string) =>
      formatTime(Date.parse(at)),
    );
  return reworded.reduce((said, [now, before]) => said.replace(now, before), inUtc);
}
