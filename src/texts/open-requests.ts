import {
  isPasswordKept,
  isWaitingForApproval,
  isWaitingForConfirmation,
  type OpenQuestion,
  type ResetRequest,
  waitsForSignIn,
  wasGivenUp,
} from '../reset/index.ts';

/** What an open request waits for. */
export function describeOpenRequest(request: ResetRequest): string {
  const isUnclear = request.attention !== undefined;
  const texts = openTexts;
  if (waitsForSignIn(request)) return texts.waitsForSignIn;
  switch (request.state) {
    case 'proposed':
      return isWaitingForConfirmation(request) ? texts.waitsForPress : texts.underWay;
    case 'awaiting-approval':
      return isWaitingForApproval(request) ? texts.waitsForApproval : texts.approved;
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
    case 'reset':
      return request.tries.length > 1 ? texts.triedAgain : texts.underWay;
    case 'needs-attention':
      return request.endedAt === undefined ? texts.unclearOnItsWay : texts.unclearAndLost;
    case 'delivering':
      return isUnclear ? texts.unclearUndelivered : texts.undelivered;
    case 'delivered':
      if (wasGivenUp(request)) return texts.givenUp;
      if (!isPasswordKept(request)) return isUnclear ? texts.unclearBeingHidden : texts.beingHidden;
      return isUnclear ? texts.unclearDelivered : texts.delivered;
    case 'hidden':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return texts.over;
  }
}

const openTexts = {
  waitsForSignIn:
    'Waits: Locksmith has no sign-in to Partner Center just now. It goes on by itself once that is mended.',
  waitsForPress: 'Waits for you to answer its card.',
  waitsForApproval: 'Waits for a second person to approve it.',
  approved: 'Approved and under way.',
  underWay: 'Under way.',
  triedAgain: 'Under way: Partner Center has not answered clearly. The same password is sent again until it does.',
  unclearOnItsWay: 'Needs attention: its password is on its way to you.',
  unclearAndLost:
    'Needs attention: the password may have been changed and cannot be shown. Type cancel and the reference, then ask for a new reset.',
  unclearUndelivered:
    'Needs attention: it is unknown whether the password is in force. Write to me in our own chat, and it comes there.',
  undelivered:
    'Done, but the password could not be delivered. Write to me in our own chat, or type cancel and the reference to have it erased.',
  givenUp: 'Over: the password could not be delivered and is erased. Ask for a new reset.',
  unclearDelivered:
    'Needs attention: the password in our chat may be in force. Try it; if it does not work, ask for a new reset.',
  delivered: 'Done: its password is in our own chat until you pass it on.',
  unclearBeingHidden:
    'Needs attention: I am hiding its password in our own chat, and that password may be in force. If the person cannot sign in with it, ask for a new reset.',
  beingHidden: 'Over: I am hiding its password in our own chat. Teams has not taken that yet; I try again by myself.',
  over: 'Over.',
} as const;

/** What was asked back, and how to answer. */
export function describeOpenQuestion({ asks, choices }: OpenQuestion): string {
  switch (asks.kind) {
    case 'missing-customer':
      return questionTexts.missingCustomer;
    case 'missing-user':
      return questionTexts.missingUser;
    case 'which-confirmation':
      return questionTexts.whichConfirmation;
    case 'which-customer':
    case 'near-customer':
    case 'near-domain':
    case 'which-user':
    case 'near-user':
      if (choices.length === 1) return questionTexts.oneSuggestion;
      return choices[0]?.kind === 'user' ? questionTexts.whichPerson : questionTexts.whichCustomer;
  }
}

const questionTexts = {
  missingCustomer: 'I asked at which customer this person is. Type its name, domain or tenant id there.',
  missingUser: 'I asked whose password it is. Type their name or address there.',
  whichConfirmation: 'I asked which of your resets to confirm. Type its number there.',
  oneSuggestion: 'I made one suggestion. Press Choose or Cancel on its card.',
  whichPerson: 'I asked which person is meant. Press Choose on its card.',
  whichCustomer: 'I asked which customer is meant. Press Choose on its card.',
} as const;
