import type { AccessPassPress, AccessPassState, SigningOut, SigningOutState } from '../reset/index.ts';
import { sanitizePlainText } from './formatting.ts';

type SignOutNotNow = Extract<SigningOut, { kind: 'not-now' }>['why'];

/** What is answered to `Sign out everywhere` where nothing was sent, or the answer takes long. Plain text. */
export const signOutTexts = {
  late: 'Microsoft is slow to answer. Press the button again in a minute: it shows how that went, and does nothing twice.',
  notNow: {
    over: 'The time for this is over: it ends when the password is hidden, or after 30 minutes. Nothing was changed.',
    off: 'The policy does not let people be signed out here. Nothing was changed.',
    'no-consent': 'Locksmith is not admitted to Microsoft Graph at this customer. Nothing was changed.',
    'not-a-technician': 'You may not do that for this customer. Nothing was changed.',
    'groups-unknown': 'It could not be read which groups you are in. Nothing was changed; try again in a few minutes.',
  } satisfies Record<SignOutNotNow, string>,
} as const;

const signOutOutcomes = {
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
  return signOutOutcomes[outcome](formatInstant(at), sanitizePlainText(code ?? 'no code'));
}

type AccessPassNotNow = Extract<AccessPassPress, { kind: 'not-now' }>['why'];

/** What is said of a Temporary Access Pass. Plain text. */
export const accessPassTexts = {
  label: 'Temporary Access Pass: it works once, in place of the password.',
  late: 'Microsoft is slow to answer. Press the button again in a minute: it shows how that went, and makes nothing twice.',
  notNow: {
    over: 'The time for this is over: the password has to be shown. Nothing was changed.',
    off: 'The policy does not let a Temporary Access Pass be made here. Nothing was changed.',
    'no-consent': 'Locksmith is not admitted to Microsoft Graph at this customer. Nothing was changed.',
  } satisfies Record<AccessPassNotNow, string>,
} as const;

const lifetimeText = (minutes: number | undefined) =>
  minutes === undefined ? 'as long as the tenant’s policy says' : `for ${minutes} minutes`;

const accessPassOutcomes = {
  pending: () => 'A Temporary Access Pass is being made. Press the button again in a minute: it shows how that went.',
  made: (when: string, _code: string, minutes: number | undefined) =>
    `Temporary Access Pass made: ${when}. It works once, ${lifetimeText(minutes)}, and is hidden with the password.`,
  unseen: (when: string, _code: string, minutes: number | undefined) =>
    `A Temporary Access Pass was made: ${when}, when the password was hidden already. It was shown to no one, and lasts ${lifetimeText(minutes)}.`,
  unusable: (when: string, code: string) =>
    `A Temporary Access Pass was made, but Microsoft says that it does not work once for this person (${code}): ${when}. It is not shown; their authentication methods policy decides that.`,
  exists: () =>
    'This person has a Temporary Access Pass already; nothing was changed. Press the button again to make a new one, which ends the old one.',
  'not-asked': (when: string) =>
    `No Temporary Access Pass: ${when}, Locksmith was not admitted to Microsoft Graph at this customer.`,
  refused: (when: string, code: string) => `No Temporary Access Pass: ${when}, Microsoft Graph refused it (${code}).`,
  unknown: (when: string, code: string) =>
    `It is not certain whether a Temporary Access Pass was made: ${when}, ${code}. If one was, it can be shown to no one; press the button again to make a new one, which ends it.`,
} satisfies Record<AccessPassState['outcome'], (when: string, code: string, minutes: number | undefined) => string>;

/** Says what became of a Temporary Access Pass, without the pass. `formatInstant` writes an instant as the place shows it. */
export function describeAccessPass(
  { at, outcome, code, lifetimeInMinutes }: AccessPassState,
  formatInstant: (milliseconds: number) => string,
): string {
  return accessPassOutcomes[outcome](formatInstant(at), sanitizePlainText(code ?? 'no code'), lifetimeInMinutes);
}
