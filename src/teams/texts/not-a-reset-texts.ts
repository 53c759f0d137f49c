import { example } from './example.ts';

/** Why a sentence that speaks of a reset is none. */
export type NotAReset = 'negated' | 'question' | 'several-users' | 'other-factor' | 'missing-user';

/** What is answered to a sentence that speaks of a reset and is none. */
export const notAResetTexts = {
  negated: `I read that as a request not to reset anything, so I changed nothing. If you do want a reset, say: ${example}.`,
  question: `I read that as a question, so I changed nothing. If you want a reset, say: ${example}.`,
  'several-users': 'I reset one person at a time, so that each one is looked at. Ask for them one after the other.',
  'other-factor':
    'I reset passwords, and nothing else: not the second factor, not an authenticator, not a phone number. Changing those is for the customer’s administrators.',
  'missing-user': `Whose password? Say it like this: ${example}.`,
} as const satisfies Record<NotAReset, string>;
