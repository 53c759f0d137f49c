import type { Conversation } from '../../reset/identity.ts';

/** The card that asks a second person, before and after they decide. */
export const approvalTexts = {
  heading: 'Approve this password reset?',
  asks: 'asks to reset the password of',
  asked: 'asked to reset the password of',
  careful: 'Stop and look before you decide',
  wasCareful: 'What there was to look at',
  whoMay: 'An approver decides: never the person who asked, and nobody about their own account.',
  approve: 'Approve',
  approveDoes: (requester: string) =>
    `resets the password at once. The old one stops working, and a temporary one goes to ${requester} alone.`,
  decline: 'Decline',
  declineDoes: (requester: string) => `changes nothing, and ${requester} is told who declined.`,
  openUntil: 'Open until',
  customerOfAddress: 'Whoever asked did not name it: the address tells it',
  notSaid: 'It was not said how',
  noTicket: 'None',
  noRoles: 'No directory roles',
  rolesUnknown: 'Could not be read',
  pausedHeading: 'Approved: the reset waits',
  pausedNext: 'It goes on by itself once it is mended; after an hour it ends and nothing is changed.',
  approvedHeading: 'Approved: the password is being reset',
  approved: 'There is nothing more to do here',
  approvedNext: 'This card will say how it went.',
  where: {
    personal: 'in their own chat with Locksmith',
    'group-chat': 'in a group chat',
    channel: 'in a channel',
  } satisfies Record<Conversation['kind'], string>,
} as const;
