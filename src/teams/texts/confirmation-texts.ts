/** The confirmation card, before and after the button is pressed. */
export const confirmationTexts = {
  heading: 'Reset this person’s password?',
  customerOfAddress: 'You did not name it: the address tells it',
  careful: 'Stop and look before you go on',
  effect:
    'Their password stops working at once. A temporary one comes to you alone, in a direct message, and they choose their own when they sign in.',
  effectAfterApproval:
    'A second person has to approve this first. Once they do, their password stops working at once, and a temporary one comes to you alone, in a direct message.',
  verification: 'How was the caller verified?',
  verificationPlaceholder: 'Choose one',
  verificationMissing: 'Say how the caller was verified. Nothing is reset before that.',
  ticket: 'Ticket number',
  ticketOptional: 'Ticket number (optional)',
  ticketMissing: 'Give the ticket number. Nothing is reset before that.',
  openUntil: 'Open until',
  working: 'Working on it…',
  workingHeading: 'Resetting this person’s password',
  workingNext: 'The temporary password comes to you in a direct message. This card will say how it went.',
  waitingHeading: 'This reset waits for approval',
  waiting: 'Waiting for approval',
  waitingNext:
    'Nothing is reset before a second person approves it. This card will say what they decide. Type cancel to take it back.',
  pausedHeading: 'This reset waits',
  paused: 'Locksmith has no sign-in to Partner Center just now, so resets pause.',
  pausedNext:
    'An administrator is told. This goes on by itself once it is mended; after an hour it ends and nothing is changed. Type cancel to take it back.',
  approvedHeading: 'Approved: resetting this person’s password',
} as const;
