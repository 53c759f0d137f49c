import type { Alarm, SignInPause } from '../reset/index.ts';
import { signInFailures } from './sign-in-failures.ts';

/** An alarm in a sentence for people, without anything that somebody typed. */
export function formatAlarm(alarm: Alarm): string {
  switch (alarm.kind) {
    case 'limit-reached':
      return `A reset was refused: the limit ${limitNames[alarm.limit]} (${alarm.most}) is reached.`;
    case 'needs-attention':
      return alarm.why === 'unclear'
        ? 'A reset needs attention: nobody knows whether the password is in force.'
        : 'A reset needs attention: its sealed password could not be opened.';
    case 'given-up':
      return givenUpTexts[alarm.why];
    case 'frozen':
      return alarm.customer === undefined
        ? 'Somebody froze everything: no password is reset for any customer until an approver thaws it.'
        : 'Somebody froze a customer: no password is reset for them until an approver thaws it.';
    case 'thawed':
      return alarm.customer === undefined
        ? 'An approver lifted the freeze of everything: resets may begin again.'
        : 'An approver lifted the freeze of a customer: resets for them may begin again.';
    case 'foreign-press':
      return 'Somebody pressed a button that belongs to another person. It had no effect.';
    case 'bad-policy-file':
      return 'The policy file was changed into one that cannot be used. The policy before it stays in force.';
    case 'sign-in-paused':
      return signInFailures[alarm.cause].alarm;
    case 'bot-sign-in-failed':
      return `The bot cannot send anything: ${botSignInFailures[alarm.cause] ?? 'Microsoft Entra refuses it a token. `npm run doctor` says more.'}`;
    case 'sealing-key-missing':
      return `An instance lacks the sealing key ${alarm.keyId}, which another one seals with. It leaves that work to the others: give every instance the same keys in SEALING_KEY, and start it again.`;
    case 'sign-in-ending':
      return endingTexts[alarm.what](new Date(alarm.endsAt).toISOString().slice(0, 10));
  }
}

const givenUpTexts = {
  'seal-broken': 'A reset was refused before anything was sent: its sealed password could not be opened.',
  'no-progress': 'A reset was refused before anything was sent: whatever worked on it failed again and again.',
  undelivered:
    'A password was set and could not be delivered in time. It was erased; the person has to be reset again.',
} as const;

const limitNames = {
  technician: 'for one technician in an hour',
  customer: 'for one customer in an hour',
  user: 'for one user in a day',
  overall: 'for everybody in an hour',
} as const;

const botSignInFailures: Partial<Record<SignInPause, string>> = {
  invalid_client:
    'Microsoft Entra does not accept its secret. Compare MicrosoftAppId and MicrosoftAppPassword with the Azure Bot, and start it again.',
  client_secret_expired: 'its secret has expired. Make a new one, put it into MicrosoftAppPassword and start it again.',
};

const endingTexts = {
  'refresh-token': (day: string) => `The sign-in to Partner Center ends on ${day}. Run \`npm run consent\` before.`,
  certificate: (day: string) =>
    `The application’s certificate ends on ${day}. Put a new one into Entra and into the settings before.`,
} as const;
