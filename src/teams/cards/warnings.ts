import {
  concernsOf,
  type CustomerUser,
  isAdministratorRole,
  isAskedAmongOthers,
  isWaitingForConfirmation,
  type PrivateFacts,
  type ResetRequest,
  type Technician,
} from '../../reset/index.ts';
import {
  describePasswordChange,
  describeProtectionTrouble,
  describeResetBefore,
  describeUnknownRoles,
  formatCardTime,
  formatRoles,
  graphFactTexts,
  isRecentChange,
  sanitizeName,
  ticketWarnings,
  warningTexts,
} from '../../texts/index.ts';
import type { Reader } from './card-parts.ts';

/** Every fact about a request that would make a careful person stop, as sentences, the gravest first. */
export function findWarnings(
  request: ResetRequest,
  reader: Reader = 'requester',
  told?: PrivateFacts,
): readonly string[] {
  const { target, technician, customerInferred } = request;
  // Among others a card says what has to be weighed, and of the person no more than that.
  const isShared = isAskedAmongOthers(request);
  const resetBefore = isShared ? undefined : request.resetBefore;
  const { customer, user } = target;
  const facts: readonly [boolean, string][] = [
    [user.state === 'deleted', warningTexts.deleted],
    [user.state === 'unknown', warningTexts.stateUnknown],
    [user.graph?.isBlocked === true, graphFactTexts.blocked],
    [user.roles === 'unknown', describeUnknownRoles(user)],
    [user.synchronised, warningTexts.synchronised],
    [user.domainType === 'federated', warningTexts.federated],
    [user.domainType === 'unknown', warningTexts.domainUnknown],
    [customerInferred === 'context', warningTexts.customerInferred[reader]],
    [reader === 'approver' && isSpoofedTechnician(technician), warningTexts.deceptiveRequester],
    [looksSpoofed(user.displayName), warningTexts.deceptiveName],
    [looksSpoofed(user.userPrincipalName), warningTexts.deceptiveAddress],
    [looksSpoofed(customer.name) || looksSpoofed(customer.domain), warningTexts.deceptiveCustomer],
  ];
  const before = resetBefore ? [describeResetBefore(resetBefore, formatCardTime, sanitizeName)] : [];
  const changedAt = isShared ? undefined : told?.lastPasswordChange;
  const { closed } = user.graph ?? {};
  const isAsking = reader === 'requester' && isWaitingForConfirmation(request);
  return [
    ...(request.doubtedAt !== undefined && isAsking ? [graphFactTexts.doubted] : []),
    ...administratorWarning(user, isShared && reader === 'requester'),
    ...before,
    ...concernsOf(request.ticketFacts).map((concern) => ticketWarnings[concern]),
    ...(isRecentChange(request, changedAt)
      ? [describePasswordChange(request, changedAt, formatCardTime(changedAt))]
      : []),
    ...(reader === 'requester' ? describeReaders(request, told) : []),
    ...facts.filter(([holds]) => holds).map(([, sentence]) => sentence),
    ...(closed === undefined ? [] : [graphFactTexts.closed(describeProtectionTrouble(closed).problem)]),
  ];
}

function isSpoofedTechnician({ name, userPrincipalName }: Technician): boolean {
  return looksSpoofed(name) || (userPrincipalName !== undefined && looksSpoofed(userPrincipalName));
}

/** Who reads along, and that there is more in the requester's own chat, before they press anything. */
function describeReaders(request: ResetRequest, told: PrivateFacts | undefined): readonly string[] {
  const { outsiders } = request;
  return [
    ...(outsiders === undefined ? [] : [warningTexts.outsiders(outsiders)]),
    ...(isWaitingForConfirmation(request) ? describeWhatToRead(request, told) : []),
  ];
}

/**
 * What the requester has to weigh that stands in their own chat alone. What fits is nothing to weigh. The others learn of no
 * reset and no change of a password before this one.
 */
function describeWhatToRead(request: ResetRequest, told: PrivateFacts | undefined): readonly string[] {
  if (!isAskedAmongOthers(request)) return [];
  const { resetBefore, target } = request;
  const { roles } = target.user;
  const isPrivileged = roles === 'unknown' || roles.some(({ id }) => isAdministratorRole(id));
  const isDoubted = request.ticketFacts?.kind === 'found' && concernsOf(request.ticketFacts).length > 0;
  const { other, ...texts } = warningTexts.moreInOwnChat;
  if (resetBefore !== undefined || isRecentChange(request, told?.lastPasswordChange)) return [other];
  if (isPrivileged && isDoubted) return [texts.both];
  return [...(isPrivileged ? [texts.roles] : []), ...(isDoubted ? [texts.ticket] : [])];
}

/** That somebody is an administrator, with the roles where others do not read along. Empty where they are none. */
export function administratorWarning({ roles }: CustomerUser, isShared: boolean): readonly string[] {
  if (roles === 'unknown') return [];
  const privileged = roles.filter((role) => isAdministratorRole(role.id));
  if (privileged.length > 0 && isShared) return [warningTexts.administratorAmongOthers];
  return privileged.length === 0 ? [] : [warningTexts.administrator(formatRoles(privileged))];
}

const scripts = (
  'Latin Cyrillic Greek Armenian Georgian Hebrew Arabic Devanagari Bengali Gujarati Gurmukhi Kannada Malayalam Tamil ' +
  'Telugu Sinhala Thai Lao Khmer Myanmar Tibetan Mongolian Ethiopic Cherokee Coptic Han Hiragana Katakana Bopomofo Hangul'
)
  .split(' ')
  .map((name) => ({ name, letters: new RegExp(`\\p{Script=${name}}`, 'u') }));

/** Scripts that are written together: Unicode Technical Standard 39, section 5.2, level "Highly Restrictive". */
const scriptsWrittenTogether = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

const invisibleCharacter = /[^\P{Default_Ignorable_Code_Point}\uFE0F\u200D]|[^\P{Cc}\t\n\r]/u;

/**
 * Whether a name may be made to look like another one. It is suspect if it mixes alphabets that are not written
 * together, such as a Cyrillic `а` among Latin letters, or holds invisible characters. A value that is no text is
 * suspect, too.
 */
export function looksSpoofed(name: string): boolean {
  if (typeof name !== 'string') return true;
  const considered = name.slice(0, 2048);
  if (invisibleCharacter.test(considered)) return true;
  const used = scripts.filter((script) => script.letters.test(considered)).map((script) => script.name);
  return used.length > 1 && !scriptsWrittenTogether.some((allowed) => used.every((script) => allowed.includes(script)));
}
