import type { SigningOut, SigningOutState } from '../reset/index.ts';
import { sanitizePlainText } from './formatting.ts';

type NotNow = Extract<SigningOut, { kind: 'not-now' }>['why'];

/** What is answered to `Sign out everywhere` where nothing was sent, or the answer takes long. Plain text. */
export const signOutTexts = {
  late: 'Microsoft is slow to answer. Press the button again in a minute: it shows how that went, and does nothing twice.',
  notNow: {
    over: 'The time for this is over: it ends when the password is hidden, or after 30 minutes. Nothing was changed.',
    off: 'The policy does not let people be signed out here. Nothing was changed.',
    'no-consent': 'Locksmith is not admitted to Microsoft Graph at this customer. Nothing was changed.',
    'not-a-technician': 'You may not do that for this customer. Nothing was changed.',
    'groups-unknown': 'It could not be read which groups you are in. Nothing was changed; try again in a few minutes.',
  } satisfies Record<NotNow, string>,
} as const;

const outcomes = {
  pending: (when: string) =>
    `Signing out everywhere was asked for: ${when}. Whether it was done is not known here; look in the customer’s sign-in log.`,
  done: (when: string) =>
    `Signed out everywhere: ${when}. What is open can go on for up to an hour, until its access ends.`,
  'not-asked': (when: string) =>
    `Not signed out: ${when}, Locksmith was not admitted to Microsoft Graph at this customer.`,
  refused: (when: string, code: string) => `Not signed out: ${when}, Microsoft Graph refused it (${code}).`,
  unknown: (when: string, code: string) =>
    `It is not certain that this person was signed out: ${when}, ${code}. Look in the customer’s sign-in log.`,
} satisfies Record<SigningOutState['outcome'], (when: string, code: string) => string>;

/** Says on the direct message what became of signing the user out. `formatInstant` writes an instant as the place shows it. */
export function describeSigningOut(
  { at, outcome, code }: SigningOutState,
  formatInstant: (milliseconds: number) => string,
): string {
  return outcomes[outcome](formatInstant(at), sanitizePlainText(code ?? 'no code'));
}
