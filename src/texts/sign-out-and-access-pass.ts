import type { AccessPassPress, AccessPassState, Refusal, SigningOut, SigningOutState } from '../reset/index.ts';
import { readGraphFailure } from './failures/graph-failures.ts';
import { type FailureText, joinSentences, longestSentence, sanitizePlainText } from './formatting.ts';
import { describeRefusal } from './refusals.ts';

type SignOutNotNow = Extract<SigningOut, { kind: 'not-now' }>['why'];

/** How it is told: `formatInstant` writes an instant as the place shows it, and the reference stands where nothing else names it. */
type Told = { readonly formatInstant: (milliseconds: number) => string; readonly reference?: string | undefined };

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

type Because = FailureText & { readonly when: string };

const signOutOutcomes = {
  pending: ({ when }) =>
    `Signing out everywhere is under way, since ${when}. Press the button again in a minute: it shows how that went.`,
  done: ({ when }) => `Signed out everywhere: ${when}. Apps that are open now can work on for up to an hour.`,
  'not-asked': ({ when }) =>
    `Not signed out, ${when}: Locksmith was not admitted to Microsoft Graph at this customer. Tell your Locksmith administrator.`,
  refused: ({ when, problem, advice }) => `Not signed out, ${when}: ${problem} ${advice}`,
  unknown: ({ when }) =>
    `It is not certain that this person was signed out: ${when}. Press the button again to look it up; if it stays like this, sign them out in the customer’s Entra admin center.`,
} satisfies Record<SigningOutState['outcome'], (because: Because) => string>;

/** Says what became of signing the user out. */
export function describeSigningOut({ at, outcome, code }: SigningOutState, told: Told): string {
  const text = signOutOutcomes[outcome]({ when: told.formatInstant(at), ...readGraphFailure(code) });
  return isFailed(outcome) ? withReference(text, told) : text;
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
    'too-many':
      'No more passes are made after this reset: each may stand already. Look at the person’s authentication methods in the customer’s Entra admin center.',
  } satisfies Record<AccessPassNotNow, string>,
} as const;

const lifetimeText = (minutes: number | undefined) =>
  minutes === undefined ? 'as long as the tenant’s policy says' : `for ${minutes} minutes`;

/** Why a pass that was made lets no one in: Microsoft’s words, and two of ours. */
const unusableReasons: Readonly<Record<string, string>> = {
  DisabledByPolicy: 'the customer’s policy does not let this person use one',
  NotYetValid: 'it works only later',
  NotOneTime: 'it would work more than once',
  TooLong: 'it would work for longer than was asked for',
};

type Pass = Because & { readonly why: string; readonly lasts: string; readonly isBehindButton: boolean };

const accessPassOutcomes = {
  pending: () => 'A Temporary Access Pass is being made. Press the button again in a minute: it shows how that went.',
  made: ({ when, lasts, isBehindButton }) =>
    isBehindButton
      ? `Temporary Access Pass made: ${when}. It works once, ${lasts}; Show password shows the pass, and the pass is hidden with the password.`
      : `Temporary Access Pass made: ${when}. It works once, ${lasts}, and is hidden with the password.`,
  unseen: ({ when, lasts }) =>
    `A Temporary Access Pass was made: ${when}, when it might not be shown any more. It was shown to no one, and lasts ${lasts}.`,
  unusable: ({ when, why }) =>
    `A Temporary Access Pass was made, ${when}, and is not shown: ${why}. Have the customer’s policy for Temporary Access Passes looked at.`,
  exists: () =>
    'This person has a Temporary Access Pass already; nothing was changed. Press the button again to make a new one, which ends the old one.',
  'not-asked': ({ when }) =>
    `No Temporary Access Pass, ${when}: Locksmith was not admitted to Microsoft Graph at this customer. Tell your Locksmith administrator.`,
  refused: ({ when, problem, advice }) => `No Temporary Access Pass, ${when}: ${problem} ${advice}`,
  unknown: ({ when }) =>
    `It is not certain whether a Temporary Access Pass was made: ${when}. If one was, it can be shown to no one; press the button again to look whether one is there.`,
} satisfies Record<AccessPassState['outcome'], (pass: Pass) => string>;

/** Says what became of a Temporary Access Pass, without the pass. `isBehindButton`: it is shown by `Show password` alone. */
export function describeAccessPass(
  { at, outcome, code, lifetimeInMinutes }: AccessPassState,
  told: Told & { readonly isBehindButton: boolean },
): string {
  const text = accessPassOutcomes[outcome]({
    when: told.formatInstant(at),
    ...readGraphFailure(code),
    why: (code !== undefined && unusableReasons[code]) || 'Microsoft says that it cannot be used',
    lasts: lifetimeText(lifetimeInMinutes),
    isBehindButton: told.isBehindButton,
  });
  return isFailed(outcome) ? withReference(text, told) : text;
}

/** Whether somebody may want to look up what failed. */
export function isFailed(outcome: AccessPassState['outcome'] | SigningOutState['outcome']): boolean {
  return outcome === 'refused' || outcome === 'unknown' || outcome === 'not-asked' || outcome === 'unusable';
}

/**
 * Why a follow-up was not done, for a reason that would refuse a reset too. The reset is over and has worked, so nothing here
 * asks for another one.
 */
export function describeStoppedFollowUp(refusal: Refusal, reference: string): string {
  const told = describeRefusal(refusal);
  const { problem, advice } = { ...told, ...stopped[refusal.kind] };
  const text = joinSentences(sanitizePlainText(problem, longestSentence), sanitizePlainText(advice, longestSentence));
  return withReference(text, { reference });
}

const makeElsewhere = 'The password stays as it is; a pass can be made in the customer’s Entra admin center.';

const stopped: { readonly [Kind in Refusal['kind']]?: Partial<FailureText> } = {
  'approval-needed': {
    problem: 'By now a second person would have to approve a pass for this account, so none was made.',
    advice: makeElsewhere,
  },
  'approver-without-right': { advice: makeElsewhere },
  'target-changed': {
    problem: 'Something about this account changed after the reset was confirmed, so no pass was made.',
    advice: makeElsewhere,
  },
  'ticket-mismatch': { advice: makeElsewhere },
  frozen: { advice: 'Nothing was changed; talk to them first, and press again once an approver has typed thaw.' },
  deleted: { advice: 'Nothing was changed; whether to restore the account is the customer’s decision.' },
  'own-account': { advice: makeElsewhere },
  federated: { advice: makeElsewhere },
  synchronised: {
    problem: 'This account is kept in the customer’s local directory by now, so no pass was made.',
    advice: makeElsewhere,
  },
  guest: { advice: makeElsewhere },
  'not-a-technician': { problem: 'You may do nothing for this customer by now, so no pass was made.' },
  'groups-unknown': {
    problem: 'It could not be read which groups you are in, so no pass was made.',
    advice: 'Press again in a few minutes; if that does not help, tell your Locksmith administrator.',
  },
  'over-limit': { problem: 'A limit of the policy is reached, so no pass was made.', advice: makeElsewhere },
  'roles-unknown': {
    problem: 'It could not be read whether this is the account of an administrator, so no pass was made.',
    advice: 'Press again in a few minutes.',
  },
  'protection-unknown': {
    problem: 'Microsoft Graph does not tell now what protects this account, so no pass was made.',
    advice: 'Press again in a few minutes; if that does not help, tell your Locksmith administrator.',
  },
  administrator: { advice: makeElsewhere },
  'management-restricted': { advice: makeElsewhere },
};

function withReference(text: string, { reference }: Pick<Told, 'reference'>): string {
  return reference === undefined ? text : `${text} (Reference: ${reference})`;
}
