import type { VerificationLack } from '../../reset/use-cases/confirmation.ts';

/** What is answered to a press that lacks what the policy requires. */
export const proofTexts = {
  'verification-missing': 'Nothing was reset. Say first how the caller was verified, then press Reset password again.',
  'verification-unknown':
    'Nothing was reset. That way of verifying a caller is not in the policy any more. Ask again to get a new card.',
  'ticket-missing': 'Nothing was reset. Give the ticket number first, then press Reset password again.',
  'ticket-too-long': 'Nothing was reset. The ticket number is too long: 64 characters at most.',
} as const satisfies Record<VerificationLack, string>;
