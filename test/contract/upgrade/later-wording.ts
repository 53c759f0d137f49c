import { formatTime } from '../../../src/texts/index.ts';
import { own } from '../../support/own.ts';

/** Sentences that were worded anew since 84dc7a8: what they are now, and what they were then. */
const reworded: readonly (readonly [now: RegExp, before: string])[] = [
  [
    /^A second person has to approve this first\. Then the old password stops working at once, and/,
    'A second person has to approve this first. Once they do, their password stops working at once, and',
  ],
  [
    /^(.*) reset this person’s password on (.*), or may have\.$/,
    'This person’s password was reset, or may have been, less than 24 hours before this was asked: $2, by $1.',
  ],
  [
    /^The temporary password stands in the direct message of the one who asked\./,
    'The requester has the temporary password in a direct message.',
  ],
  [
    /^A temporary password is set\. It is on its way in a direct message to the one who asked\.$/,
    'A temporary password is set and on its way to the requester, in a direct message.',
  ],
  [
    /In case it is, it comes in a direct message to the one who asked\.$/,
    'The requester gets it in a direct message, in case it is.',
  ],
  [
    /^A temporary password was set, or may have been, and could not be delivered\. It is erased\.$/,
    'A temporary password was set, or may have been, that could not be delivered to the requester. It is erased.',
  ],
  [
    /A global administrator or a user administrator of the customer restores it in the Microsoft 365 admin center, under Deleted users\. Then ask again\./,
    'Restore the account first if the person still works there, then ask again.',
  ],
  [/\bGlobal Administrator\b/, 'Company Administrator'],
  [/\bUser Administrator\b/, 'User Account Administrator'],
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
  [
    /A global administrator or a user administrator of the customer restores it in the [^,]+, under Deleted users\. Then ask again\./,
    'Restore the account first if the person still works there, then ask again.',
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
    // Status and history were lines of text, and are rows of a card. The colour of a warning's heading was red.
    if (['fallbackText', 'status', 'history', 'color'].includes(key)) return undefined;
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
