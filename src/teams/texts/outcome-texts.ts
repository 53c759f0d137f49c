/** What became of a request. */
export const outcomeTexts = {
  reset: {
    heading: 'Password reset',
    underWay: 'A temporary password is set and on its way to the requester, in a direct message.',
    delivered:
      'The requester has the temporary password in a direct message. The person chooses a new one when they sign in.',
    hidden:
      'The temporary password can no longer be seen in the direct message. The person chooses a new one when they sign in.',
  },
  givenUp: {
    heading: 'Reset, but nobody has the password',
    says: 'A temporary password was set, or may have been, that could not be delivered to the requester. It is erased.',
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
  },
  declined: {
    heading: 'Declined: nothing was changed',
    says: 'A second person declined this reset.',
    next: 'Talk to whoever declined it before you ask again.',
  },
  notApproved: {
    heading: 'Expired: nothing was changed',
    says: 'No second person approved it in time.',
    next: 'Ask again if it is still needed, and tell an approver.',
  },
  expired: {
    heading: 'Expired: nothing was changed',
    says: 'Nobody confirmed it in time, or a newer request took its place.',
    next: 'Ask again if it is still needed.',
  },
  attention: {
    heading: 'Unclear: a person has to look',
    unclear:
      'It is not certain whether the new password is in force. The requester gets it in a direct message, in case it is.',
    next: 'Have the person try the password from the direct message. If it does not work, ask for a reset again.',
    sealBroken: 'A password may have been set that Locksmith cannot read any more.',
    sealBrokenNext:
      'Ask for a reset again: the new password replaces any other. Tell whoever looks after Locksmith the reference below.',
  },
} as const;
