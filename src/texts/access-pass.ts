import type { AccessPassPress, AccessPassState } from '../reset/index.ts';
import { sanitizePlainText } from './formatting.ts';

type NotNow = Extract<AccessPassPress, { kind: 'not-now' }>['why'];

/** What is said of a Temporary Access Pass. Plain text. */
export const accessPassTexts = {
  label: 'Temporary Access Pass: it works once, in place of the password.',
  late: 'Microsoft is slow to answer. Press the button again in a minute: it shows how that went, and makes nothing twice.',
  notNow: {
    over: 'The time for this is over: the password has to be shown. Nothing was changed.',
    off: 'The policy does not let a Temporary Access Pass be made here. Nothing was changed.',
    'no-consent': 'Locksmith is not admitted to Microsoft Graph at this customer. Nothing was changed.',
  } satisfies Record<NotNow, string>,
} as const;

const lifetimeText = (minutes: number | undefined) =>
  minutes === undefined ? 'as long as the tenant’s policy says' : `for ${minutes} minutes`;

const outcomes = {
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
  return outcomes[outcome](formatInstant(at), sanitizePlainText(code ?? 'no code'), lifetimeInMinutes);
}
