import type { Alarm, SignInPause } from '../reset/index.ts';
import { graphStepOf } from './failures/graph-failures.ts';
import { signInFailures } from './failures/sign-in-failures.ts';
import { protectingFactNames } from './roles-and-sign-in-methods.ts';

/** An alarm in a sentence for administrators, or same alarms in one. It holds nothing that was typed. */
export function formatAlarm(alarm: Alarm, count = 1): string {
  const text = describeAlarm(alarm);
  return count === 1 ? text : `${text} ${alarmTexts.counted(count)}`;
}

function describeAlarm(alarm: Alarm): string {
  switch (alarm.kind) {
    case 'limit-reached':
      return alarmTexts.limitReached[alarm.limit](alarm.most);
    case 'needs-attention':
      return alarmTexts.needsAttention[alarm.why];
    case 'given-up':
      return alarmTexts.givenUp[alarm.why];
    case 'frozen':
      return alarm.customer === undefined ? alarmTexts.everythingFrozen : alarmTexts.customerFrozen;
    case 'thawed':
      return alarm.customer === undefined ? alarmTexts.everythingThawed : alarmTexts.customerThawed;
    case 'foreign-press':
      return alarmTexts.foreignPress;
    case 'bad-policy-file':
      return alarmTexts.badPolicyFile;
    case 'policy-customers-unknown':
      return alarmTexts.policyCustomersUnknown(alarm.customers.length);
    case 'sign-in-paused':
      return signInFailures[alarm.cause].alarm;
    case 'bot-sign-in-failed':
      return botSignInFailures[alarm.cause] ?? alarmTexts.botSignInRefused;
    case 'sealing-key-missing':
      return alarmTexts.sealingKeyMissing(alarm.keyId);
    case 'row-altered':
      return alarm.table === 'audit_records' && alarm.how === 'changed'
        ? alarmTexts.rowAltered.older_records
        : alarmTexts.rowAltered[alarm.table];
    case 'clocks-disagree':
      return alarmTexts.clocksDisagree(Math.round(alarm.milliseconds / 60_000));
    case 'ticket-note-given-up':
      return alarmTexts.ticketNoteGivenUp(alarm);
    case 'graph-unread': {
      const { customer, code, entraCode } = alarm;
      const where = customer === undefined ? 'At every customer' : `At customer ${customer}`;
      const why = entraCode === undefined ? code : `${code}, AADSTS${entraCode}`;
      const texts = alarmTexts.graphUnread;
      if (alarm.leftOut !== undefined) return texts.leftOut(where, why, protectingFactNames[alarm.leftOut]);
      return alarm.isLost
        ? texts.lost(where, why, graphStepOf(code), customer ?? 'TENANT-ID')
        : texts.closed(where, why, graphStepOf(code));
    }
    case 'sign-in-ending':
      return alarmTexts.signInEnding[alarm.what](new Date(alarm.endsAt).toISOString().slice(0, 10));
  }
}

const altered = 'Somebody changed the database past Locksmith, or put an older copy of a row back';
const lookAtIt = 'Run `npm run audit -- verify`: it names what was changed.';

/** Each alarm. Those about the sign-in to Partner Center are in `signInFailures`. */
const alarmTexts = {
  counted: (count: number) => `This happened ${count} times within a minute; the log and the audit trail have each.`,
  limitReached: {
    technician: (most: number) => `A reset was refused: the limit for one technician in an hour (${most}) is reached.`,
    customer: (most: number) => `A reset was refused: the limit for one customer in an hour (${most}) is reached.`,
    user: (most: number) => `A reset was refused: the limit for one user in a day (${most}) is reached.`,
    overall: (most: number) => `A reset was refused: the limit for everybody in an hour (${most}) is reached.`,
  },
  needsAttention: {
    unclear:
      'A reset needs attention: it is not known whether the password is in force. The requester has it and is told to have it tried; see that they do.',
    'seal-broken':
      'A reset needs attention: its sealed password could not be opened, and may be in force. Have the requester ask again, and look whether SEALING_KEY was changed.',
  },
  givenUp: {
    'seal-broken':
      'A reset was refused before anything was sent: its sealed password could not be opened. Have the requester ask again, and look whether SEALING_KEY was changed.',
    'no-progress':
      'A reset was refused before anything was sent: whatever worked on it failed again and again. Look in the log for its correlation id, and have the requester ask again.',
    'right-ended':
      'A password was set, and the technician lost the right to it before it was delivered. It was erased; the person has to be reset again.',
    'not-alone':
      'A password was set, and the chat for it holds somebody else than the technician. It was not put there and was erased; the person has to be reset again. Find out who has changed the chat or the database.',
    undelivered:
      'A password was set and could not be delivered in time. It was erased; the person has to be reset again.',
  },
  everythingFrozen: 'Somebody froze everything: no password is reset for any customer until an approver thaws it.',
  customerFrozen: 'Somebody froze a customer: no password is reset for them until an approver thaws it.',
  everythingThawed: 'An approver lifted the freeze of everything: resets may begin again.',
  customerThawed: 'An approver lifted the freeze of a customer: resets for them may begin again.',
  foreignPress: 'Somebody pressed a button that belongs to another person. It had no effect.',
  badPolicyFile: 'The policy file was changed into one that cannot be used. The policy before it stays in force.',
  policyCustomersUnknown: (count: number) =>
    count === 1
      ? 'The policy names a tenant that is no customer in Partner Center. What it says of it has no effect; look for a slip of the pen.'
      : `The policy names ${count} tenants that are no customers in Partner Center. What it says of them has no effect; look for a slip of the pen.`,
  botSignInRefused: 'The bot cannot send anything: Microsoft Entra refuses it a token. `npm run doctor` says more.',
  sealingKeyMissing: (keyId: string) =>
    `An instance lacks the sealing key ${keyId}, which another one seals with. It leaves that work to the others: give every instance the same keys in SEALING_KEY, and start it again.`,
  rowAltered: {
    reset_requests: `${altered}: a request. Nothing is done with it any more, and no password is brought for it. ${lookAtIt}`,
    open_questions: `${altered}: a question. Nothing is done with it any more. ${lookAtIt}`,
    contacts: `${altered}: where a person is written to. They are written to again when they write to the bot. ${lookAtIt}`,
    freezes: `${altered}: the freezes. No reset begins until somebody types \`freeze everything\`; then look which customers were frozen, freeze them, and thaw. ${lookAtIt}`,
    ticket_notes: `${altered}: a note for a ticket. It is not sent. ${lookAtIt}`,
    readable_facts: `${altered}: which facts Microsoft Graph tells at a customer. They count as told, so no protection is lost. ${lookAtIt}`,
    older_records: `${altered}: the audit trail. What was last recorded before that is not gone on with. ${lookAtIt}`,
    audit_records: `${altered}: the audit trail. Nothing is done any more. ${lookAtIt}`,
  },
  clocksDisagree: (minutes: number) =>
    `The clock of the database is ${Math.abs(minutes)} minutes ${minutes < 0 ? 'behind' : 'ahead of'} this machine’s. No reset is confirmed and no old row is removed until they agree. Set both right; if both are, somebody changed the database: run \`npm run audit -- verify\`.`,
  ticketNoteGivenUp: ({ why, ticket, reference }: Extract<Alarm, { readonly kind: 'ticket-note-given-up' }>) =>
    `The ticket system has not taken a note for three days (${why}): ${ticket === undefined ? '' : `ticket ${ticket}, `}${reference}. \`npm run audit -- notes\` shows it, and sends it again once \`npm run doctor\` finds nothing wrong.`,
  graphUnread: {
    lost: (where: string, why: string, step: string, customer: string) =>
      `${where} Microsoft Graph does not tell what protects accounts (${why}), so resets there are refused. ${step} Where it is to stay so, \`npm run consent -- --customer ${customer} --forget\` ends that protection.`,
    leftOut: (where: string, why: string, fact: string) =>
      `${where} Microsoft Graph refuses to tell of an account ${fact} (${why}), and has never told it: what it would protect is not protected. Have the customer’s licences and the scopes of its consent compared with what Locksmith asks for.`,
    closed: (where: string, why: string, step: string) =>
      `${where} Locksmith has no way to Microsoft Graph (${why}): its cards say so, and what Graph would protect is not protected. ${step}`,
  },
  signInEnding: {
    'refresh-token': (day: string) => `The sign-in to Partner Center ends on ${day}. Run \`npm run consent\` before.`,
    certificate: (day: string) =>
      `The application’s certificate ends on ${day}. Put a new one into Entra and into the settings before.`,
  },
} as const;

/** The bot's own sign-in, where the cause is known. */
const botSignInFailures: Partial<Record<SignInPause, string>> = {
  invalid_client:
    'The bot cannot send anything: Microsoft Entra does not accept its secret. Compare MicrosoftAppId and MicrosoftAppPassword with the Azure Bot, and start it again.',
  client_secret_expired:
    'The bot cannot send anything: its secret has expired. Make a new one, put it into MicrosoftAppPassword and start it again.',
};
