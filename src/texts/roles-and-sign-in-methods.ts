import {
  type DirectoryRole,
  type MethodKind,
  methodKinds,
  type PrivateFacts,
  type ProtectingFact,
} from '../reset/index.ts';
import { formatRoleNames, formatTime } from './formatting.ts';

/** What Microsoft Graph tells of a person, on the card and in the requester's own chat. */
export const graphFactTexts = {
  blocked:
    'Sign-in is blocked for this account. A new password does not unblock it: ask first who blocked it, and why.',
  changedRecently: (when: string) =>
    `The password of this account was changed less than 24 hours before this was asked: ${when}.`,
  changedMeanwhile: (when: string) =>
    `The password of this account was changed after this was asked: ${when}. Ask who changed it before you go on.`,
  doubted:
    'What follows came up only when you pressed the button, so nothing was reset. Look once more, and press it again if all is right.',
  closed: (cause: string) =>
    `${cause} So roles to be activated, restricted management and a blocked sign-in are not known here: look in the customer’s Entra admin center.`,
  lastChange: 'Password changed',
  neverChanged: 'not known',
  methods: 'Registered',
  noMethods: 'no method besides the password',
  numbers: 'Number on file',
  noNumbers: 'none, so the caller cannot be called back on one',
  numbersAdvice: 'Anybody who may edit this account may have changed what is on file.',
} as const;

const methodNames = {
  authenticator: 'Microsoft Authenticator',
  phone: 'phone',
  passkey: 'passkey',
  'software-token': 'code generator',
  'hardware-token': 'hardware token',
  'windows-hello': 'Windows Hello',
  'platform-credential': 'platform credential',
  email: 'email',
  'temporary-access-pass': 'Temporary Access Pass',
  other: 'another method',
} satisfies Record<MethodKind, string>;

/** The kinds of methods that somebody has registered, each once, in the order of the table. */
export function formatMethods(methods: readonly MethodKind[]): string {
  const kinds = methodKinds.filter((kind) => methods.includes(kind));
  return kinds.length === 0 ? graphFactTexts.noMethods : kinds.map((kind) => methodNames[kind]).join(', ');
}

const longestNumber = 40;

/** The numbers on file, cleaned. This is the only place that reads them. */
export function formatNumbers(
  numbers: NonNullable<PrivateFacts['numbers']>,
  clean: (text: string, longest: number) => string,
): string {
  const shown = numbers.map((number) => number.reveal((text) => clean(text, longestNumber)));
  return shown.length === 0 ? graphFactTexts.noNumbers : shown.join(', ');
}

/** Whether a way to verify a caller needs a number on file: its words speak of a number, a phone or a call. */
export function needsNumber(method: string): boolean {
  return /number|phone|call|r[uü]ckruf|telefon|nummer|rappel|n[uú]m[eé]ro/iu.test(method);
}

/** Lists roles by name, and says of each how the person has it where Microsoft Graph tells. */
export function formatRoles(roles: readonly DirectoryRole[]): string {
  return formatRoleNames(
    roles.map(({ name, by }) => (by === undefined ? nameOfRole(name) : roleTexts[by](nameOfRole(name)))),
  );
}

const roleTexts = {
  group: (name: string) => `${name} (through a group)`,
  'role-assignable-group': (name: string) => `member of the role-assignable group ${name}`,
  eligible: (name: string) => `${name} (not active now, and this person can activate it)`,
} satisfies Record<NonNullable<DirectoryRole['by']>, (name: string) => string>;

/** What could not be read, in the middle of a sentence. */
export const protectingFactNames = {
  account: 'whether the account is under restricted management',
  roles: 'the roles that it has through groups',
  'eligible-roles': 'the roles that it can activate',
} satisfies Record<ProtectingFact, string>;

/** When the password was last changed or reset. */
export function formatLastChange(at: number | undefined): string {
  return at === undefined ? graphFactTexts.neverChanged : formatTime(at);
}

/**
 * What Entra calls a directory role today, by the name of years ago that Partner Center still gives. Decisions rest on the
 * template id alone. See https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference.
 */
const namesOfToday: ReadonlyMap<string, string> = new Map([
  ['Company Administrator', 'Global Administrator'],
  ['User Account Administrator', 'User Administrator'],
  ['Password Administrator', 'Helpdesk Administrator'],
  ['Exchange Service Administrator', 'Exchange Administrator'],
  ['SharePoint Service Administrator', 'SharePoint Administrator'],
  ['Lync Service Administrator', 'Skype for Business Administrator'],
  ['Intune Service Administrator', 'Intune Administrator'],
  ['Power BI Service Administrator', 'Fabric Administrator'],
  ['CRM Service Administrator', 'Dynamics 365 Administrator'],
]);

/** The name of a role to show: today's where it is known, otherwise as it was given. */
export function nameOfRole(given: string): string {
  return namesOfToday.get(given) ?? given;
}
