import type { CorrelationId } from '../base/index.ts';
import type { LimitKind, Refusal } from '../reset/index.ts';
import { describeDeletion } from './deleted-users.ts';
import {
  type FailureText,
  formatNames,
  formatRoleNames,
  formatTime,
  joinSentences,
  longestSentence,
  mostRoles,
  personName,
  sanitizeName,
  sanitizePlainText,
} from './formatting.ts';
import { protectingFactNames } from './graph-facts.ts';
import { describeGraphTrouble } from './graph-failures.ts';
import { describePartnerTrouble } from './partner-center-failures.ts';
import { nameOfRole } from './role-names.ts';
import { ticketWarnings } from './tickets.ts';

/** How an instant is shown: `formatTime` in plain text, `formatCardTime` on a card. */
type ShowTime = (milliseconds: number) => string;

type AdviceFor<Kind extends Refusal['kind']> = (
  refusal: Extract<Refusal, { kind: Kind }>,
  showTime: ShowTime,
) => FailureText;

/** Every reason why nothing was reset. Names in these sentences are cleaned. */
const refusalTexts = {
  'not-a-technician': () => ({
    problem: 'You may not reset passwords for this customer.',
    advice: 'If you should, ask whoever looks after Locksmith to add you to its policy.',
  }),
  'groups-unknown': () => ({
    problem: 'It could not be read which groups you are in, and in doubt nobody may reset a password.',
    advice: 'Try again in a few minutes. If that does not help, tell whoever looks after Locksmith.',
  }),
  'own-account': () => ({
    problem: 'This is your own account, and nobody resets their own password here.',
    advice: 'Ask a colleague, or use your company’s own way to reset a password.',
  }),
  deleted: ({ at }) => describeDeletion(at),
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
    const cause = describeGraphTrouble(trouble);
    const lost = facts.map((fact) => protectingFactNames[fact]).join(', ');
    return {
      problem: joinSentences(
        `Microsoft Graph told at this customer before what protects an account, and does not now: ${lost}.`,
        `In doubt nothing is reset. ${cause.problem}`,
      ),
      advice: cause.advice,
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
    const cause = trouble && sanitizeAdvice(describePartnerTrouble({ ...trouble, storedWording: undefined }));
    return {
      problem: joinSentences(
        'It could not be read whether this person is an administrator, and in doubt nothing is reset.',
        cause?.problem,
      ),
      advice: cause?.advice ?? 'Try again in a few minutes.',
    };
  },
  'approval-not-possible': ({ approvers = [] }) => ({
    problem: 'A second person would have to approve this, and there is nobody to ask.',
    advice:
      approvers.length === 0
        ? 'Ask again in a group chat or a channel that an approver is in, or have an approver write to Locksmith first. Whoever looks after Locksmith can say who that is.'
        : `Ask again in a chat that an approver is in, or have one write to Locksmith first. Approvers are: ${formatNames(approvers)}.`,
  }),
  'approval-needed': () => ({
    problem: 'By now a second person has to approve this reset, and nobody has.',
    advice: 'Ask again: the reset then goes to a second person first.',
  }),
  'approver-without-right': ({ by }) => ({
    problem: `${sanitizeName(personName(by))} approved this and may not approve resets any more.`,
    advice: 'Ask again, and have somebody else approve it.',
  }),
  frozen: ({ by, at, everything }, showTime) => ({
    problem: everything
      ? `${sanitizeName(personName(by))} froze all resets on ${showTime(at)}.`
      : `${sanitizeName(personName(by))} froze all resets for this customer on ${showTime(at)}.`,
    advice: 'Talk to them first. An approver can type thaw; then ask again.',
  }),
  'target-changed': () => ({
    problem: 'Something about this account changed after the card was shown.',
    advice: 'Ask again, and look at the new card before you confirm it.',
  }),
  'ticket-mismatch': ({ concerns }) => ({
    problem: joinSentences(...concerns.map((concern) => ticketWarnings[concern]), 'The policy does not let that be.'),
    advice: 'Look up the ticket that belongs to this person, and ask again with its number.',
  }),
  'too-old': () => ({
    problem:
      'This was confirmed a while ago, and Locksmith could not begin until now. Nobody may be waiting for it any more.',
    advice: 'If the person still needs it, ask again and verify them anew.',
  }),
  restored: () => ({
    problem:
      'Locksmith was restored from a backup that is older than this. It may have been done before, so it is not done again.',
    advice: 'If your direct message with me shows no password for this person, verify them anew and ask again.',
  }),
  'seal-broken': () => ({
    problem: 'A password was made and sealed, and the seal could not be opened before anything was sent.',
    advice: 'Ask again. If that does not help, tell whoever looks after Locksmith to check its sealing key.',
  }),
  'no-progress': () => ({
    problem: 'Locksmith failed several times in a row before it had asked Partner Center for anything.',
    advice: 'Try again in a few minutes. If it happens again, tell whoever looks after Locksmith.',
  }),
  'under-way': ({ by }) => ({
    problem:
      by === undefined
        ? 'somebody else has asked to reset this person’s password, and that is not over yet.'
        : `${sanitizeName(personName(by))} has asked to reset this person’s password, and that is not over yet.`,
    advice: 'Wait until that one is finished; ask again if it is still needed.',
  }),
  'over-limit': ({ limit, most, againAt }, showTime) => ({
    problem: limitReached[limit](most),
    // Rounded up, so that it is possible by then.
    advice: `It will be possible again at ${showTime(Math.ceil(againAt / 60_000) * 60_000)}. If it cannot wait, ask whoever looks after Locksmith.`,
  }),
  'no-direct-message': ({ why }) => directMessageAdvice[why],
  'partner-center': ({ trouble }) => sanitizeAdvice(describePartnerTrouble(trouble)),
} satisfies { [Kind in Refusal['kind']]: AdviceFor<Kind> };

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

/** A row of an older version may hold words from outside. */
function sanitizeAdvice({ problem, advice }: FailureText): FailureText {
  return { problem: sanitizeName(problem, longestSentence), advice: sanitizeName(advice, longestSentence) };
}

/** Says why a reset was refused and what to do instead. Names are fit for a `TextRun`. */
export function describeRefusal(refusal: Refusal, showTime: ShowTime = formatTime): FailureText {
  switch (refusal.kind) {
    case 'administrator':
      return refusalTexts.administrator(refusal);
    case 'roles-unknown':
      return refusalTexts['roles-unknown'](refusal);
    case 'protection-unknown':
      return refusalTexts['protection-unknown'](refusal);
    case 'approval-not-possible':
      return refusalTexts['approval-not-possible'](refusal);
    case 'frozen':
      return refusalTexts.frozen(refusal, showTime);
    case 'approver-without-right':
      return refusalTexts['approver-without-right'](refusal);
    case 'under-way':
      return refusalTexts['under-way'](refusal);
    case 'deleted':
      return refusalTexts.deleted(refusal);
    case 'over-limit':
      return refusalTexts['over-limit'](refusal, showTime);
    case 'no-direct-message':
      return refusalTexts['no-direct-message'](refusal);
    case 'partner-center':
      return refusalTexts['partner-center'](refusal);
    case 'ticket-mismatch':
      return refusalTexts['ticket-mismatch'](refusal);
    case 'not-a-technician':
    case 'groups-unknown':
    case 'own-account':
    case 'federated':
    case 'synchronised':
    case 'guest':
    case 'management-restricted':
    case 'approval-needed':
    case 'target-changed':
    case 'too-old':
    case 'restored':
    case 'seal-broken':
    case 'no-progress':
      return refusalTexts[refusal.kind]();
  }
}

/** The same as `describeRefusal`, for a reader who did not ask for the reset. `requester` is the name of the one who did. */
export function describeRefusalForApprover(
  refusal: Refusal,
  requester: string,
  showTime: ShowTime = formatTime,
): FailureText {
  const who = sanitizeName(personName(requester));
  const { problem, advice } = describeRefusal(refusal, showTime);
  return {
    problem: approverTexts.problems[refusal.kind]?.(who) ?? problem,
    advice: refusal.kind === 'frozen' ? advice : approverTexts.advice(who),
  };
}

/** Sentences in place of those that speak to the requester. */
const approverTexts: {
  readonly problems: { readonly [Kind in Refusal['kind']]?: (who: string) => string };
  readonly advice: (who: string) => string;
} = {
  problems: {
    'not-a-technician': (who) => `${who} may not reset passwords for this customer.`,
    'groups-unknown': (who) =>
      `It could not be read which groups ${who} is in, and in doubt nobody may reset a password.`,
    'own-account': (who) => `This is ${who}’s own account, and nobody resets their own password here.`,
    'no-direct-message': (who) =>
      `Locksmith could not write to ${who} alone, and the password must not go anywhere else.`,
  },
  advice: (who) => `There is nothing more to do here: ${who} is told what to do.`,
};

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
