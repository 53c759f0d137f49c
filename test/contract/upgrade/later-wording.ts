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
    /^The temporary password (?:is in your direct message|went to .* alone, in a direct message)\./,
    'The requester has the temporary password in a direct message.',
  ],
  [
    /^The temporary password is not shown any more\./,
    'The temporary password can no longer be seen in the direct message.',
  ],
  [/\(Reference: [A-Z\d-]{9}, correlation id ([^)]*)\)/, '(Reference: $1)'],
  [/^(Several people fit “[^”]*”) at .*\.$/, '$1.'],
  // What a question was about is told with its customer.
  [/^(“[^”]+”) at [^.]+$/, '$1'],
  // A choice has a number, and no longer says what all of them share.
  [/^\d · (?=.* · )/, ''],
  [/^([^·]+ · \S+@\S+)(?: · [^·]+ · (?:active|deleted)| · deleted)?$/, '$1'],
  [
    /^(?:You may also type (?:@Locksmith and )?the number|If you type here, begin with @Locksmith)\. I never pick one myself, and choosing does not reset anything yet\.$/,
    'I never pick one myself. Choosing does not reset anything yet.',
  ],
  [/^There is nothing more to do here: the one who asked took it back\.$/, 'Ask again if it is needed after all.'],
  [
    /^There is nothing more to do here: the one who asked is told who declined\.$/,
    'Talk to whoever declined it before you ask again.',
  ],
  [
    /^There is nothing more to do here: the one who asked may ask again\.$/,
    'Ask again if it is still needed, and tell an approver.',
  ],
  [/^Approved: the password is reset$/, 'Password reset'],
  [
    /^A temporary password is set\. It is on its way to (?:you in your direct message|.* alone)\.$/,
    'A temporary password is set and on its way to the requester, in a direct message.',
  ],
  [
    /whether the new password is in force; the one who asked gets it in a direct message all the same\.$/,
    'whether the new password is in force. The requester gets it in a direct message, in case it is.',
  ],
  [
    /^A temporary password was set and could not be delivered, so it is erased\.$/,
    'A temporary password was set, or may have been, that could not be delivered to the requester. It is erased.',
  ],
  [
    /^A temporary password was set, or may have been, and could not be delivered, so it is erased\.$/,
    'A temporary password was set, or may have been, that could not be delivered to the requester. It is erased.',
  ],
  [
    /Ask again once a global or user administrator of the customer has restored it in [^,]+, under Deleted users\./,
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
  [/^Ask for approval$/, 'Reset password'],
  [/^Password ready$/, 'Temporary password'],
  [/^Temporary password ready$/, 'Temporary password'],
  [/^Reset, but the password was not delivered$/, 'Reset, but nobody has the password'],
  [/^It is erased and cannot be read any more\.$/, 'It is erased, and nobody has it.'],
  [
    /\bTalk to them first; once an approver has typed thaw, ask again\./,
    'Talk to them first. An approver can type thaw; then ask again.',
  ],
  [/^It was not confirmed in time\.$/, 'Nobody confirmed it in time, or a newer request took its place.'],
  [
    /press “I have passed it on”: the password is hidden here at once\.$/,
    'press the button: it is hidden here at once.',
  ],
  [/^Replaced: nothing was changed$/, 'Expired: nothing was changed'],
  [
    /^You asked again for the same person, and the newer request took the place of this one\.$/,
    'Nobody confirmed it in time, or a newer request took its place.',
  ],
  [/^Go on with the newer card\.$/, 'Ask again if it is still needed.'],
  [/^Type the full address, such as (.*), or another customer\.$/, 'Ask again with the full address, such as $1.'],
  [/: (the reset for .*) was not approved in time\./, ': nobody approved $1 in time.'],
  [
    /^Have the person try the password from the direct message, and ask for a reset again if it does not work\.$/,
    'Have the person try the password from the direct message. If it does not work, ask for a reset again.',
  ],
  [/^No choice was made in time\.$/, 'Nobody chose in time.'],
  [/^Talk to the person who declined it/, 'Talk to whoever declined it'],
  [
    / UTC; if it cannot wait, ask your Locksmith administrator\./,
    ' UTC. If it cannot wait, ask whoever looks after Locksmith.',
  ],
  [
    /A password was made, and could not be read again before anything was sent\./,
    'A password was made and sealed, and the seal could not be opened before anything was sent.',
  ],
  [
    /Ask again; if that does not help, tell your Locksmith administrator to check the sealing key\./,
    'Ask again. If that does not help, tell whoever looks after Locksmith to check its sealing key.',
  ],
  [
    /^Ask for a reset again, which replaces any other password, and tell your Locksmith administrator/,
    'Ask for a reset again: the new password replaces any other. Tell whoever looks after Locksmith',
  ],
  [/^An administrator is told, and this goes on/, 'An administrator is told. This goes on'],
  [
    /^Only an approver can press these buttons\. You cannot decide about your own request or your own account\.$/,
    'An approver decides: never the person who asked, and nobody about their own account.',
  ],
  [
    /If you should, ask your Locksmith administrator to add you to the policy\./,
    'If you should, ask whoever looks after Locksmith to add you to its policy.',
  ],
  [
    /I could not read which groups you are in, so I do not know whether you may reset passwords\./,
    'It could not be read which groups you are in, and in doubt nobody may reset a password.',
  ],
  [
    /Try again in a few minutes; if that does not help, tell your Locksmith administrator\./,
    'Try again in a few minutes. If that does not help, tell whoever looks after Locksmith.',
  ],
  [
    /Try again in a few minutes; if it happens again, tell your Locksmith administrator\./,
    'Try again in a few minutes. If it happens again, tell whoever looks after Locksmith.',
  ],
  [
    /This is your own account, and you cannot reset your own password here\./,
    'This is your own account, and nobody resets their own password here.',
  ],
  [
    /I could not read whether this person is an administrator, so nothing is reset\./,
    'It could not be read whether this person is an administrator, and in doubt nothing is reset.',
  ],
  [
    /A second person has to approve this, and no approver can be asked here\./,
    'A second person would have to approve this, and there is nobody to ask.',
  ],
  [
    /Ask again in a group chat or a channel that an approver is in: your Locksmith administrator can say who that is\./,
    'Ask again in a group chat or a channel that an approver is in, or have an approver write to Locksmith first. Whoever looks after Locksmith can say who that is.',
  ],
  [
    /By now this reset needs the approval of a second person\./,
    'By now a second person has to approve this reset, and nobody has.',
  ],
  [
    /Locksmith could not begin until now\.(?! Nobody)/,
    'Locksmith could not begin until now. Nobody may be waiting for it any more.',
  ],
  [
    /If the person still needs it, verify them anew and ask again\./,
    'If the person still needs it, ask again and verify them anew.',
  ],
  [
    /is older than this, so it may have been done before\./,
    'is older than this. It may have been done before, so it is not done again.',
  ],
  [/changed since the question was asked, and is now called/, 'changed since the question was asked. It is now called'],
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
    // The copy of an approver was green, and an address as large as it could be.
    if (own(value, 'id') === 'outcome-reset') return { ...Object(value), style: 'good' };
    if (own(value, 'type') === 'TextRun' && /^\S+@\S+$/.test(String(own(value, 'text'))))
      return { ...Object(value), size: 'Medium' };
    if (own(value, 'type') === 'Input.ChoiceSet') return { ...Object(value), style: undefined, wrap: undefined };
    if (Array.isArray(value)) return value.filter((one) => !isLaterRow(one) && !isOnlySuggestion(one));
    return typeof value === 'string' ? withFormerWords(value) : value;
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same, but for words
  return (text === undefined ? undefined : JSON.parse(text)) as Value;
}

/** The only suggestion of a question, which was a choice with one title. */
function isOnlySuggestion(part: unknown): boolean {
  const choices = own(part, 'choices');
  if (own(part, 'id') === 'choice') return Array.isArray(choices) && choices.length === 1;
  const items = own(part, 'items');
  const inlines = own(Array.isArray(items) ? items[0] : undefined, 'inlines');
  const isLarge = own(Array.isArray(inlines) ? inlines[0] : undefined, 'size') === 'Large';
  return isLarge && own(part, 'style') === undefined;
}

/** The row that says whom a request waits for, and what to quote, which was the correlation id alone. */
function isLaterRow(part: unknown): boolean {
  const isRow = own(part, 'type') === 'ColumnSet' || own(part, 'type') === 'RichTextBlock';
  return isRow && /"text":"(?:Waits for|Reference ?|Correlation id \(for Microsoft\) )"/.test(JSON.stringify(part));
}

function withFormerWords(text: string): string {
  const inUtc = text
    .replaceAll(/ \(\d{1,2} \w{3} \d{4}, \d\d:\d\d UTC\)/g, '')
    .replaceAll(/(?:\{\{DATE\([^)]+\)\}\} )?\{\{TIME\(([^)]+)\)\}\}/g, (_macro, at: string) =>
      formatTime(Date.parse(at)),
    );
  return reworded.reduce((said, [now, before]) => said.replace(now, before), inUtc);
}
