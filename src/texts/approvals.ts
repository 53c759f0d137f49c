import {
  type AskedApprover,
  type Conversation,
  findAskedApprovers,
  type NotApprover,
  type Refusal,
  type ResetRequest,
} from '../reset/index.ts';
import {
  type FailureText,
  formatNames,
  formatTime,
  personName,
  plainTimes,
  sanitizeName,
  sanitizePlainText,
  type Times,
} from './formatting.ts';
import { describeRefusal } from './refusals.ts';

/** The card that asks a second person, before and after they decide. */
export const approvalTexts = {
  heading: 'Approve this password reset?',
  asks: 'asks to reset the password of',
  asked: 'asked to reset the password of',
  careful: 'Stop and look before you decide',
  wasCareful: 'What there was to look at',
  whoMay: 'Only an approver can press these buttons. You cannot decide about your own request or your own account.',
  approve: 'Approve',
  approveDoes: (requester: string) =>
    `resets the password at once. The old one stops working, and a temporary one goes to ${requester} alone.`,
  decline: 'Decline',
  declineDoes: (requester: string) => `changes nothing, and ${requester} is told who declined.`,
  openUntil: 'Open until',
  customerOfAddress: 'The person who asked did not name it: the address tells it',
  notSaid: 'It was not said how',
  noTicket: 'None',
  noRoles: 'No directory roles',
  rolesUnknown: 'Could not be read',
  pausedHeading: 'Approved: the reset waits',
  pausedNext: 'It goes on by itself once it is mended; after an hour it ends and nothing is changed.',
  approvedHeading: 'Approved: the password is being reset',
  approved: 'There is nothing more to do here',
  approvedNext: 'This card will say how it went.',
  /** When and where it was asked. */
  askedAt: {
    personal: (time: string) => `${time}, in their own chat with Locksmith`,
    'group-chat': (time: string) => `${time}, in a group chat`,
    channel: (time: string) => `${time}, in a channel`,
  } satisfies Record<Conversation['kind'], (time: string) => string>,
} as const;

/** What is answered to a press of `Approve` or `Decline` that has no effect. */
export const decisionTexts = {
  'own-request':
    'You asked for this reset yourself, so somebody else has to decide about it. Nothing was changed; to take it back, type cancel.',
  'own-account': 'This is your own account, so somebody else has to decide about it. Nothing was changed.',
  'another-tenant': 'This was asked in another organisation, so you cannot decide about it. Nothing was changed.',
  'not-an-approver':
    'You may not approve or decline resets, so nothing was changed. If you should, ask your Locksmith administrator to add you to the policy.',
  'groups-unknown': 'I could not read which groups you are in, so nothing was changed. Try again in a few minutes.',
  elsewhere: 'This was not asked in this chat, so nothing was changed. Decide where it was asked.',
  late: 'I have your press and am still at work on this request. Its card will show what comes of it.',
  tooEarly: 'I am still putting this card up, so nothing was changed. Press again in a moment.',
} as const satisfies Record<NotApprover | 'elsewhere' | 'late' | 'tooEarly', string>;

/** Says in the chat where it was asked that no second person approved a request: a card that changes notifies no one. Plain text. */
export function formatApprovalOutcome({ state, technician, target, approval }: ResetRequest): string {
  const about: ApprovalOutcome = {
    requester: sanitizePlainText(personName(technician.name)),
    user: sanitizePlainText(target.user.displayName),
    customer: sanitizePlainText(target.customer.name),
  };
  const decision = approval?.decision;
  const by = decision && sanitizePlainText(personName(decision.by.name));
  if (state === 'declined') return approvalOutcomeTexts.declined(about, by ?? approvalOutcomeTexts.namelessApprover);
  if (state === 'expired') return approvalOutcomeTexts.expired(about);
  return decision?.kind === 'approved' && by !== undefined
    ? approvalOutcomeTexts.refusedAfterApproval(about, by)
    : approvalOutcomeTexts.refusedMeanwhile(about);
}

/** Names that are fit to be shown. */
type ApprovalOutcome = { readonly requester: string; readonly user: string; readonly customer: string };

/** A text that mentions people. The text of each mention stands in it as it is, as Teams demands. */
type MentioningText = {
  readonly text: string;
  readonly mentions: readonly { readonly text: string; readonly id: string; readonly name: string }[];
};

/** Calls the approvers in the chat to the card that stands above. It is markup in which no name is a tag. */
export function formatApprovalMention(request: ResetRequest): MentioningText {
  const { requester, user, customer } = namesForMarkup(request);
  const mentions = mentionsOf(request);
  const names = mentions.map(({ text }) => text).join(', ');
  return { text: askedApproverTexts.mention(names, requester, user, customer), mentions };
}

/** Reminds those who were asked that a request still waits. Without people to mention it is plain text. */
export function formatApprovalReminder(request: ResetRequest): MentioningText {
  const { requester, user, customer } = namesForMarkup(request);
  const mentions = mentionsOf(request);
  const until = formatTime(request.approval?.approveBy ?? 0);
  const text = askedApproverTexts.reminder(requester, user, customer, until);
  const names = mentions.map((one) => one.text).join(', ');
  return { text: names === '' ? text : `${names}: ${text}`, mentions };
}

function namesForMarkup({ technician, target }: ResetRequest): ApprovalOutcome {
  return {
    requester: cleanForMarkup(personName(technician.name)),
    user: cleanForMarkup(target.user.displayName),
    customer: cleanForMarkup(target.customer.name),
  };
}

function mentionsOf({ approval }: ResetRequest): MentioningText['mentions'] {
  return (approval?.mentioned ?? []).flatMap(({ member, name }) => {
    const shown = cleanForMarkup(name, '');
    return shown === '' ? [] : [{ text: `<at>${shown}</at>`, id: member, name: shown }];
  });
}

/** Teams finds a mention by comparing texts, and fails where a name has an ampersand. */
function cleanForMarkup(name: string, missing?: string): string {
  return sanitizePlainText(name, undefined, missing).replaceAll('&', '＆');
}

/**
 * Whom a request waits for, by name, for a card. Undefined where no one knows whom the chat holds, and where the chat holds
 * no one who may approve.
 */
export function formatAskedApprovers({ approval }: Pick<ResetRequest, 'approval'>): string | undefined {
  const asked: readonly AskedApprover[] = (approval && findAskedApprovers(approval)) ?? [];
  const names = asked.map(({ name }) => name).filter((name) => name !== '');
  const nameless = asked.length - names.length;
  if (approval === undefined || asked.length === 0) return undefined;
  const isHere = approval.places.some(({ where }) => where.kind === 'chat');
  return askedApproverTexts[isHere ? 'here' : 'directly'](
    names.length === 0 ? askedApproverTexts.nameless(nameless) : formatNames(names, nameless),
  );
}

const askedApproverTexts = {
  mention: (names: string, requester: string, user: string, customer: string) =>
    `${names}: ${requester} asks for approval to reset the password of ${user} at ${customer}. The card is just above.`,
  reminder: (requester: string, user: string, customer: string, until: string) =>
    `The reset that ${requester} asked for, of ${user} at ${customer}, still waits for approval, until ${until}. Press Approve or Decline on its card, further up in this chat.`,
  here: (names: string) => `${names} (the approvers in this chat)`,
  directly: (names: string) =>
    `${names} (asked directly: approvers whom the policy names, or who have written to Locksmith)`,
  nameless: (count: number) => (count === 1 ? 'one approver' : `${count} approvers`),
} as const;

const approvalOutcomeTexts = {
  namelessApprover: 'Somebody',
  declined: ({ requester, user, customer }: ApprovalOutcome, by: string) =>
    `${requester}: ${by} declined the reset for ${user} at ${customer}. Nothing was changed.`,
  expired: ({ requester, user, customer }: ApprovalOutcome) =>
    `${requester}: the reset for ${user} at ${customer} was not approved in time. Nothing was changed.`,
  refusedAfterApproval: ({ requester, user, customer }: ApprovalOutcome, by: string) =>
    `${requester}: the reset for ${user} at ${customer} was refused after ${by} approved it. Nothing was changed; the card says why.`,
  refusedMeanwhile: ({ requester, user, customer }: ApprovalOutcome) =>
    `${requester}: the reset for ${user} at ${customer} was refused while it waited for approval. Nothing was changed; the card says why.`,
} as const;

/** The same as `describeRefusal`, for a reader who did not ask for the reset. `requester` is the name of the one who did. */
export function describeRefusalForApprover(
  refusal: Refusal,
  requester: string,
  times: Times = plainTimes,
): FailureText {
  const who = sanitizeName(personName(requester));
  const { problem, advice } = describeRefusal(withoutAddressee(refusal), times);
  return {
    problem: approverTexts.problems[refusal.kind]?.(who) ?? problem,
    advice: refusal.kind === 'frozen' ? advice : approverTexts.advice(who),
  };
}

/** The same without what is true of the requester and not of the reader. */
function withoutAddressee(refusal: Refusal): Refusal {
  if (refusal.kind === 'frozen') return { ...refusal, isOwn: undefined, mayThaw: undefined };
  return refusal.kind === 'approval-not-possible' ? { ...refusal, isApprover: undefined } : refusal;
}

/** Sentences in place of those that speak to the requester. */
const approverTexts: {
  readonly problems: { readonly [Kind in Refusal['kind']]?: (who: string) => string };
  readonly advice: (who: string) => string;
} = {
  problems: {
    'not-a-technician': (who) => `${who} may not reset passwords for this customer.`,
    'groups-unknown': (who) =>
      `It could not be read which groups ${who} is in, so it is not known whether they may reset passwords.`,
    'own-account': (who) => `This is ${who}’s own account, and they cannot reset their own password here.`,
    'no-direct-message': (who) =>
      `Locksmith could not write to ${who} alone, and the password must not go anywhere else.`,
  },
  advice: (who) => `There is nothing more to do here: ${who} is told what to do.`,
};
