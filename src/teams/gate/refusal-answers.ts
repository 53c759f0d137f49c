import type { GateRule } from './gate.ts';

/** How a caller is turned away: by a status, or where it is safe to answer a person, by a sentence. */
export type RefusalAnswer = {
  readonly status: 400 | 401 | 403 | 429 | 503;
  /** Said to a person who pressed or typed something, in place of the status. */
  readonly sentence: string | undefined;
  /** Whether the sentence may be posted in the chat; a press is answered in its own answer. */
  readonly inChat: boolean;
};

const byStatus = (status: RefusalAnswer['status']): RefusalAnswer => ({ status, sentence: undefined, inChat: false });
const tooMuch: RefusalAnswer = {
  status: 429,
  sentence: 'That was a lot at once. Wait a minute, then try again.',
  inChat: false,
};
const outsider: RefusalAnswer = {
  status: 403,
  sentence: 'I only work for members of this organisation. Guests cannot use me.',
  inChat: true,
};

/** What is refused before its token is known to be good is a 401 and nothing more, save where nobody can tell. */
export const refusalAnswers: Readonly<Record<GateRule, RefusalAnswer>> = {
  'address-limit': byStatus(429),
  'token-form': byStatus(401),
  channel: byStatus(401),
  'service-address': byStatus(401),
  'token-claims': byStatus(401),
  'token-address': byStatus(401),
  'signing-key': byStatus(401),
  'keys-unavailable': byStatus(503),
  signature: byStatus(401),
  activity: byStatus(400),
  tenant: byStatus(403),
  'sender-limit': tooMuch,
  'overall-limit': tooMuch,
  'roster-silent': {
    status: 503,
    sentence: 'Teams does not tell me right now who you are, so I cannot do anything for you. Try again in a minute.',
    inChat: true,
  },
  'not-a-member': outsider,
  guest: outsider,
};
