import type { CorrelationId } from '../base/index.ts';
import { isPassingTrouble, type LimitKind, type Refusal } from '../reset/index.ts';
import { describeProtectionTrouble } from './failures/graph-failures.ts';
import { describePartnerTrouble } from './failures/partner-center-failures.ts';
import {
  type FailureText,
  formatNames,
  formatRoleNames,
  joinSentences,
  longestSentence,
  mostRoles,
  personName,
  plainTimes,
  sanitizeAdvice,
  sanitizeName,
  sanitizePlainText,
  type Times,
} from './formatting.ts';
import { nameOfRole, protectingFactNames } from './roles-and-sign-in-methods.ts';
import { describeDeletion } from './search-results.ts';
import { ticketWarnings } from './tickets.ts';

/** Says why a reset was refused and what to do instead. Names are fit for a `TextRun`. */
export function describeRefusal(refusal: Refusal, times: Times = plainTimes): FailureText {
  return tell(refusal.kind, refusal, times);
}

function tell<Kind extends Refusal['kind']>(kind: Kind, refusal: RefusalOf[Kind], times: Times): FailureText {
  const texts: RefusalTexts = refusalTexts;
  return texts[kind](refusal, times);
}

/** Says in plain text why nothing was reset and what to do instead, with the reference where there is one. */
export function formatRefusal(refusal: Refusal, correlationId: CorrelationId | undefined): string {
  const { problem, advice } = describeRefusal(refusal);
  return joinSentences(
    sanitizePlainText(problem, longestSentence),
    refusedTexts.nothingChanged,
    sanitizePlainText(advice, longestSentence),
    correlationId && refusedTexts.reference(correlationId),
  );
}

const refusedTexts = {
  nothingChanged: 'Nothing was changed.',
  reference: (id: string) => `(Reference: ${id})`,
} as const;

/** The one next step where nobody could be asked for approval. */
function whereToAsk(chat: string | undefined, approvers: readonly string[]): string {
  if (chat !== undefined)
    return `Ask again in the chat ${sanitizeName(chat)}, which approvers are in: type @ there, click Locksmith in the list, then the rest.`;
  return approvers.length === 0
    ? 'Ask again in a group chat or a channel that an approver is in: your Locksmith administrator can say who that is.'
    : `Ask again in a group chat or a channel that one of these is in: ${formatNames(approvers)}.`;
}

/** A sentence for every reason why nothing was reset, and one for what to do. Names in them are cleaned. */
type RefusalTexts = { readonly [Kind in Refusal['kind']]: (refusal: RefusalOf[Kind], times: Times) => FailureText };

type RefusalOf = { readonly [Kind in Refusal['kind']]: Extract<Refusal, { kind: Kind }> };

/** Every reason why a reset is refused. */
const refusalTexts = {
  // Why somebody may not reset this password, or not now: rights, a second person, freezes, limits and tickets.
  'not-a-technician': () => ({
    problem: 'You may not reset passwords for this customer.',
    advice: 'If you should, ask your Locksmith administrator to add you to the policy.',
  }),
  'groups-unknown': () => ({
    problem: 'I could not read which groups you are in, so I do not know whether you may reset passwords.',
    advice: 'Try again in a few minutes; if that does not help, tell your Locksmith administrator.',
  }),
  'approval-not-possible': ({ approvers = [], isApprover, chat }) => ({
    problem:
      isApprover === true
        ? 'You are an approver, but cannot approve your own request, and no other approver can be asked here.'
        : 'A second person has to approve this, and no approver can be asked here.',
    advice: whereToAsk(chat, approvers),
  }),
  'approval-needed': () => ({
    problem: 'By now this reset needs the approval of a second person.',
    advice: 'Ask again: the reset then goes to a second person first.',
  }),
  'approver-without-right': ({ by }) => ({
    problem: `${sanitizeName(personName(by))} approved this and may not approve resets any more.`,
    advice: 'Ask again, and have somebody else approve it.',
  }),
  frozen: ({ by, at, everything, isOwn, mayThaw }, times) => {
    const who = isOwn === true ? 'You' : sanitizeName(personName(by));
    const reader = mayThaw === undefined ? 'unknown' : mayThaw ? 'approver' : 'other';
    return {
      problem: everything
        ? `${who} froze all resets on ${times.instant(at)}.`
        : `${who} froze all resets for this customer on ${times.instant(at)}.`,
      advice: frozenAdvice[isOwn === true ? 'own' : 'others'][reader],
    };
  },
  'ticket-mismatch': ({ concerns }) => ({
    problem: joinSentences(...concerns.map((concern) => ticketWarnings[concern])),
    advice: 'Ask again with the number of a ticket that belongs to this person: the policy demands it.',
  }),
  'over-limit': ({ limit, most, againAt }, times) => ({
    problem: limitReached[limit](most),
    // Rounded up, so that it is possible by then.
    advice: `It will be possible again at ${times.instant(Math.ceil(againAt / 60_000) * 60_000)}; if it cannot wait, ask your Locksmith administrator.`,
  }),

  // Why an account is not one whose password is reset here.
  'own-account': () => ({
    problem: 'This is your own account, and you cannot reset your own password here.',
    advice: 'Ask a colleague, or use your company’s own way to reset a password.',
  }),
  deleted: ({ at }, times) => describeDeletion(at, times),
  federated: () => ({
    problem: 'This person signs in at another service, so a password set here would be of no use.',
    advice: 'Reset it where the customer’s sign-in is kept, for example in their own AD FS or identity provider.',
  }),
  synchronised: () => ({
    problem: 'This account is kept in the customer’s local directory and only copied to the cloud.',
    advice: 'Reset the password in the local directory; the copy follows by itself.',
  }),
  'management-restricted': () => ({
    problem:
      'This account is under restricted management, so no role of a partner can reset its password, not even Global Administrator.',
    advice:
      'Have it reset by an administrator of the customer whose role is assigned at that restricted administrative unit.',
  }),
  'protection-unknown': ({ facts, ...trouble }) => {
    const { problem, codes } = describeProtectionTrouble(trouble);
    const lost = facts.map((fact) => protectingFactNames[fact]).join(', ');
    return {
      problem: `Nothing is reset, because Microsoft Graph does not tell now what protects this account (${lost}): ${problem}`,
      advice: `${isPassingTrouble(trouble.code) ? passesByItself : endsNotByItself} ${codes}`,
    };
  },
  guest: () => ({
    problem: 'This person is a guest, and guests have no password here.',
    advice: 'Have it reset in the organisation that the person comes from.',
  }),
  administrator: ({ roles }) => ({
    problem:
      roles.length === 0
        ? 'This person is an administrator, and the policy does not let administrators be reset this way.'
        : `This person is an administrator (${formatRoleNames(roles.slice(0, mostRoles).map(nameOfRole))}), and the policy does not let administrators be reset this way.`,
    advice: 'Have another administrator of the customer reset it.',
  }),
  'roles-unknown': ({ trouble }) => {
    if (trouble === undefined) return { problem: `${rolesUnknown}.`, advice: 'Try again in a few minutes.' };
    const { problem, advice } = sanitizeAdvice(describePartnerTrouble({ ...trouble, storedWording: undefined }));
    return { problem: `${rolesUnknown}: ${problem}`, advice };
  },

  // Why a reset that was let could not be done: what changed, came between or broke before anything was sent.
  'target-changed': () => ({
    problem: 'Something about this account changed after the card was shown.',
    advice: 'Ask again, and look at the new card before you confirm it.',
  }),
  'too-old': () => ({
    problem: 'This was confirmed a while ago, and Locksmith could not begin until now.',
    advice: 'If the person still needs it, verify them anew and ask again.',
  }),
  restored: () => ({
    problem: 'Locksmith was restored from a backup that is older than this, so it may have been done before.',
    advice: 'If your direct message with me shows no password for this person, verify them anew and ask again.',
  }),
  'seal-broken': () => ({
    problem: 'A password was made, and could not be read again before anything was sent.',
    advice: 'Ask again; if that does not help, tell your Locksmith administrator to check the sealing key.',
  }),
  'no-progress': () => ({
    problem: 'Locksmith failed several times in a row before it had asked Partner Center for anything.',
    advice: 'Try again in a few minutes; if it happens again, tell your Locksmith administrator.',
  }),
  'under-way': ({ by }) => ({
    problem:
      by === undefined
        ? 'somebody else has asked to reset this person’s password, and that is not over yet.'
        : `${sanitizeName(personName(by))} has asked to reset this person’s password, and that is not over yet.`,
    advice: 'Wait until that one is finished; ask again if it is still needed.',
  }),
  'no-direct-message': ({ why }) => directMessageAdvice[why],
  'partner-center': ({ trouble }) => sanitizeAdvice(describePartnerTrouble(trouble)),
} satisfies RefusalTexts;

/** By who froze, and by whether the reader may thaw. */
const frozenAdvice = {
  own: {
    approver: 'You are an approver: type thaw, then ask again.',
    other: 'You are no approver: once one has typed thaw, ask again.',
    unknown: 'Once an approver has typed thaw, ask again.',
  },
  others: {
    approver: 'Talk to them first; you are an approver, so you may type thaw, then ask again.',
    other: 'Talk to them first; you are no approver: once one has typed thaw, ask again.',
    unknown: 'Talk to them first; once an approver has typed thaw, ask again.',
  },
} as const;

const limitReached = {
  technician: (most) =>
    most === 1
      ? 'You have confirmed one reset in the last 60 minutes, and the policy allows one person no more.'
      : `You have confirmed ${most} resets in the last 60 minutes, and the policy allows one person no more.`,
  customer: (most) =>
    most === 1
      ? 'For this customer one reset was confirmed in the last 60 minutes, and the policy allows no more.'
      : `For this customer ${most} resets were confirmed in the last 60 minutes, and the policy allows no more.`,
  user: (most) =>
    most === 1
      ? 'For this person one reset was confirmed in the last 24 hours, and the policy allows no more.'
      : `For this person ${most} resets were confirmed in the last 24 hours, and the policy allows no more.`,
  overall: (most) =>
    most === 1
      ? 'Altogether one reset was confirmed in the last 60 minutes, and the policy allows no more.'
      : `Altogether ${most} resets were confirmed in the last 60 minutes, and the policy allows no more.`,
} satisfies Record<LimitKind, (most: number) => string>;

const passesByItself = 'Try again in a minute; if it stays like this, tell your Locksmith administrator.';
const endsNotByItself =
  'Tell your Locksmith administrator, who can mend it, or end this protection for the customer (npm run consent with --forget).';

const rolesUnknown = 'I could not read whether this person is an administrator, so nothing is reset';

const directMessageAdvice = {
  'not-installed': {
    problem: 'Locksmith could not write to you alone, and the password must not go anywhere else.',
    advice: 'Open Apps in Teams, find Locksmith and add it for yourself; then ask again.',
  },
  blocked: {
    problem:
      'You or an administrator blocked Locksmith from writing to you, and the password must not go anywhere else.',
    advice: 'Unblock Locksmith in your chat with it, or ask your Teams administrator; then ask again.',
  },
  unreachable: {
    problem: 'Teams did not let Locksmith write to you alone just now, and the password must not go anywhere else.',
    advice: 'Try again in a few minutes.',
  },
} satisfies Record<Extract<Refusal, { kind: 'no-direct-message' }>['why'], FailureText>;
