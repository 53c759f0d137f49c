import { makeReference, type NoteOutcome, type TicketNote } from '../reset/index.ts';
import { describeRefusalForApprover } from './approvals.ts';
import { formatTime, personName, sanitizePlainText } from './formatting.ts';

/**
 * The note for the people who read a ticket: a line each for what happened, to whom, who asked and who approved, and how the
 * caller was verified. Plain text without a secret; what a ticket system might render as markup is replaced.
 */
export function describeTicketNote(note: TicketNote): string {
  const { user, customer, technician, verification, approvedBy, declinedBy, refusal, at } = note;
  const line = (label: string, value: string | undefined): readonly string[] =>
    value === undefined ? [] : [`${label}: ${value}`];
  const because = refusal && describeRefusalForApprover(refusal, technician.name).problem;
  return [
    formatOutcome(note),
    ...line(noteTexts.user, `${clean(user.displayName)} (${clean(user.userPrincipalName)}), ${clean(user.id)}`),
    ...line(noteTexts.customer, `${clean(customer.name)}, ${clean(customer.id)}`),
    ...line(noteTexts.askedBy, formatPerson(technician)),
    ...line(noteTexts.when, formatTime(at)),
    ...line(noteTexts.verified, clean(verification ?? noteTexts.notSaid)),
    ...line(noteTexts.approvedBy, approvedBy && formatPerson(approvedBy)),
    ...line(noteTexts.declinedBy, declinedBy && formatPerson(declinedBy)),
    ...line(noteTexts.because, because === undefined ? undefined : clean(because, 600)),
    ...line(noteTexts.reference, makeReference(note.request)),
    ...line(noteTexts.correlation, note.correlationId),
    ...line(noteTexts.mark, note.id),
  ].join('\n');
}

function formatOutcome({ outcome, isUnclear, followUp }: TicketNote): string {
  if (isUnclear && outcome === 'delivered') return noteTexts.unclear;
  if (isUnclear && outcome === 'undelivered') return noteTexts.unclearAndUndelivered;
  return followUp === undefined ? noteTexts.outcomes[outcome] : noteTexts.followUps[followUp];
}

function formatPerson({ name, userPrincipalName }: TicketNote['technician']): string {
  const shown = clean(personName(name));
  return userPrincipalName === undefined ? shown : `${shown} (${clean(userPrincipalName)})`;
}

/** Signs that Markdown or the tags of a ticket system read become others that look alike. */
const lookAlikes: Readonly<Record<string, string>> = {
  '*': '∗',
  '`': 'ʼ',
  '[': '［',
  ']': '］',
  '#': '＃',
  '|': '｜',
  '~': '∼',
};

function clean(text: string, atMost?: number): string {
  return (
    sanitizePlainText(text, atMost)
      .replaceAll(/[*`[\]#|~]/g, (sign) => lookAlikes[sign] ?? sign)
      .replaceAll(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '＿')
      .replaceAll(/&(?=[#\w]+;)/g, '＆')
      // Mail clients and ticket systems make a link of it.
      .replaceAll(/\bwww\.(?=\S)/gi, 'www․')
      // An address has something before it, and a mention has not.
      .replaceAll(/(?<![\p{L}\p{N}._+-])@/gu, '＠')
  );
}

const noteTexts = {
  outcomes: {
    delivered: 'Locksmith reset the password, and delivered it to the technician.',
    undelivered:
      'Locksmith reset the password, but could not deliver it to the technician. The user needs another reset.',
    refused: 'Locksmith refused to reset the password. Nothing was changed.',
    declined: 'A second person declined the reset of the password. Nothing was changed.',
    expired: 'The reset of the password was not approved in time. Nothing was changed.',
    'followed-up': 'After the reset of the password the user was signed out everywhere.',
  } satisfies Record<NoteOutcome, string>,
  followUps: {
    'access-pass': 'After the reset of the password a Temporary Access Pass was made for the user.',
    'access-pass-unclear':
      'After the reset of the password a Temporary Access Pass may have been made for the user. Its answer was lost, and it was shown to no one.',
    'access-pass-unusable':
      'After the reset of the password a Temporary Access Pass was made for the user that does not let them in.',
    'sign-out-unclear':
      'After the reset of the password the user may have been signed out everywhere. The answer was lost.',
  } satisfies Record<NonNullable<TicketNote['followUp']>, string>,
  unclear: 'Locksmith tried to reset the password. It is not known whether the new one is in force.',
  unclearAndUndelivered:
    'A reset was tried and may be in force, but the technician cannot get the password. The user needs another reset.',
  user: 'User',
  customer: 'Customer',
  askedBy: 'Asked by',
  when: 'When',
  verified: 'Caller verified',
  notSaid: 'not said',
  approvedBy: 'Approved by',
  declinedBy: 'Declined by',
  because: 'Because',
  /** As it stands on cards and in `history`. */
  reference: 'Reference',
  correlation: 'Correlation id',
  /** A first try is found by it, so it has to stand in the text. */
  mark: 'Id of this note',
} as const;
