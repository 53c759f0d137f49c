/** The confirmation card, before and after the button is pressed. */
export const confirmationTexts = {
  heading: 'Reset this person’s password?',
  careful: 'Stop and look before you go on',
  effect:
    'Their password stops working at once. A temporary one comes to you alone, in a direct message, and they choose their own when they sign in.',
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
  waitingNext: 'Nothing is reset before a second person approves it.',
} as const;
