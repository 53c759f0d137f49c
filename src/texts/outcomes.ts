import { type Attention, type Closing, type ResetRequest, wasGivenUp, wasReplaced } from '../reset/index.ts';
import { type FailureText, joinSentences, longestSentence, sanitizeName, sanitizePlainText } from './formatting.ts';
import { describePartnerTrouble } from './failures/partner-center-failures.ts';
import { describeWhom } from './whom-asked.ts';

/** What became of a request. */
export const outcomeTexts = {
  reset: {
    heading: 'Password reset',
    approvedHeading: 'Approved: the password is reset',
    /** To the requester, where no one else reads along. */
    own: {
      underWay: 'A temporary password is set. It is on its way to you in your direct message.',
      delivered: 'The temporary password is in your direct message. The person chooses a new one when they sign in.',
    },
    /** To everybody else. */
    others: {
      underWay: (requester: string) => `A temporary password is set. It is on its way to ${requester} alone.`,
      delivered: (requester: string) =>
        `The temporary password went to ${requester} alone, in a direct message. The person chooses a new one when they sign in.`,
    },
    hidden: 'The temporary password is not shown any more. The person chooses a new one when they sign in.',
  },
  givenUp: {
    heading: 'Reset, but the password was not delivered',
    says: 'A temporary password was set and could not be delivered, so it is erased.',
    saysUnclear: 'A temporary password was set, or may have been, and could not be delivered, so it is erased.',
    next: 'Ask for a reset again: the new password replaces any other.',
  },
  refused: {
    heading: 'Not reset: nothing was changed',
    says: 'The reset was refused.',
  },
  cancelled: {
    heading: 'Cancelled: nothing was changed',
    says: 'The request was taken back before anything was done.',
    next: 'Ask again if it is needed after all.',
    /** On the copy of an approver. */
    nextForApprover: 'There is nothing more to do here: the one who asked took it back.',
  },
  declined: {
    heading: 'Declined: nothing was changed',
    says: 'A second person declined this reset.',
    next: 'Talk to the person who declined it before you ask again.',
    nextForApprover: 'There is nothing more to do here: the one who asked is told who declined.',
  },
  notApproved: {
    heading: 'Expired: nothing was changed',
    says: 'No second person approved it in time.',
    next: 'Ask again if it is still needed, and tell an approver.',
    nextForApprover: 'There is nothing more to do here: the one who asked may ask again.',
  },
  expired: {
    heading: 'Expired: nothing was changed',
    says: 'It was not confirmed in time.',
    next: 'Ask again if it is still needed.',
  },
  replaced: {
    heading: 'Replaced: nothing was changed',
    says: 'You asked again for the same person, and the newer request took the place of this one.',
    next: 'Go on with the newer card.',
  },
  attention: {
    heading: 'Unclear: a person has to look',
    unclear: {
      problem:
        'It is not certain whether the new password is in force; the one who asked gets it in a direct message all the same.',
      advice:
        'Have the person try the password from the direct message, and ask for a reset again if it does not work.',
    },
    'seal-broken': {
      problem: 'A password may have been set that Locksmith cannot read any more.',
      advice:
        'Ask for a reset again, which replaces any other password, and tell your Locksmith administrator the reference below.',
    },
  },
} as const;

/** What a new password does not mend: said once more after the reset, as the person is on the phone then. */
const stillTexts = {
  blocked:
    'Sign-in is still blocked for this account: the new password alone does not let them in. Ask who blocked the account, and why; the block is lifted in the customer’s Microsoft 365 admin center.',
  synchronised:
    'The customer’s local directory was not changed: there the old password still works. It may come back here, too.',
} as const;

/** What stands against signing in with the new password; undefined where nothing does. */
export function describeWhatRemains({
  target: { user },
  writeBack,
}: Pick<ResetRequest, 'target' | 'writeBack'>): string | undefined {
  if (user.graph?.isBlocked === true) return stillTexts.blocked;
  return user.synchronised && writeBack?.isUsed !== true ? stillTexts.synchronised : undefined;
}

/** Why a person has to look at a request, with what failed at Partner Center before it, and what to do. */
export function describeAttention({ kind, trouble }: Attention): FailureText {
  const { problem, advice } = outcomeTexts.attention[kind];
  const cause = trouble && sanitizeName(describePartnerTrouble(trouble).problem, longestSentence);
  return { problem: joinSentences(cause, problem), advice };
}

/** What `cancel`, typed, has done. Plain text. */
export function formatCancellation(closing: Exclude<Closing, { kind: 'several' }>): string {
  switch (closing.kind) {
    case 'nothing-there':
      return cancellationTexts.nothingThere;
    case 'nothing-here':
      return cancellationTexts.nothingHere;
    case 'question-closed':
      if (closing.question.asks.kind === 'which-confirmation') return cancellationTexts.confirmationClosed;
      return !closing.mayBeNamed
        ? cancellationTexts.unnamedClosed
        : cancellationTexts.questionClosed(sanitizePlainText(describeWhom(closing.question), longestSentence));
    case 'under-way':
      return cancellationTexts.underWay(userOf(closing.request));
    case 'over':
      return wasReplaced(closing.request)
        ? cancellationTexts.replaced(userOf(closing.request))
        : cancellationTexts.over(userOf(closing.request));
    case 'closed': {
      const { request } = closing;
      if (wasGivenUp(request)) return cancellationTexts.givenUp(userOf(request));
      // The message could not be changed yet, so the password may still be seen there.
      if (request.state === 'delivered')
        return joinSentences(cancellationTexts.beingHidden(userOf(request)), describeWhatStands(request));
      return request.state === 'hidden'
        ? joinSentences(cancellationTexts.hidden(userOf(request)), describeWhatStands(request))
        : cancellationTexts.cancelled(userOf(request));
    }
  }
}

/** A technician who types `cancel` may believe that the old password is back. */
function describeWhatStands({ attention }: ResetRequest): string {
  return attention === undefined ? cancellationTexts.stands : cancellationTexts.mayStand;
}

function userOf({ target }: ResetRequest): string {
  return sanitizePlainText(target.user.displayName);
}

const cancellationTexts = {
  nothingThere:
    'I find no open request of yours to cancel, and changed nothing. Type status to see what is open, with the references.',
  nothingHere:
    'Nothing that you asked for in this chat can be cancelled, and nothing was changed. For anything else, type cancel in our own chat.',
  questionClosed: (whom: string) => `Cancelled. I ask no more about ${whom}, and nothing was changed.`,
  unnamedClosed: 'Cancelled. I ask no more about it, and nothing was changed.',
  confirmationClosed: 'I confirm none of them, and nothing was changed. They stay open.',
  underWay: (user: string) =>
    `The reset for ${user} is under way and cannot be taken back. Type status to see how it stands.`,
  over: (user: string) =>
    `The reset for ${user} is over already, so there is nothing to cancel. Type history to see what became of it.`,
  replaced: (user: string) =>
    `That request for ${user} is over already: you asked again, and the newer one took its place. To cancel the newer one, type cancel.`,
  givenUp: (user: string) =>
    `The password that was set for ${user} could not be delivered and is erased. Ask for a new reset if they still need one.`,
  hidden: (user: string) => `The password for ${user} is not shown any more.`,
  beingHidden: (user: string) => `I am hiding the password for ${user} in our own chat; Teams has not taken that yet.`,
  stands: 'That hides it, and takes no reset back: the new password stays in force.',
  mayStand: 'That hides it, and takes nothing back: the new password may be in force.',
  cancelled: (user: string) => `Cancelled. Nothing was changed for ${user}.`,
} as const;
