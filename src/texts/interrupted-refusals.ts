import type { Refusal } from '../reset/index.ts';
import { type FailureText, personName, sanitizeAdvice, sanitizeName } from './formatting.ts';
import { describePartnerTrouble } from './partner-center-failures.ts';
import type { RefusalTexts } from './refusal-texts.ts';

/** Why a reset that was let could not be done: what changed, came between or broke before anything was sent. */
export const interruptedRefusals = {
  'target-changed': () => ({
    problem: 'Something about this account changed after the card was shown.',
    advice: 'Ask again, and look at the new card before you confirm it.',
  }),
  'too-old': () => ({
    problem: 'This was confirmed a while ago, and Locksmith could not begin until now.',
    advice: 'If the person still needs it, verify them anew and ask again.',
  }),
  restored: () => ({
    problem: 'Locksmith was restored from a backup that is older than this, so it may have been done before.',
    advice: 'If your direct message with me shows no password for this person, verify them anew and ask again.',
  }),
  'seal-broken': () => ({
    problem: 'A password was made, and could not be read again before anything was sent.',
    advice: 'Ask again; if that does not help, tell your Locksmith administrator to check the sealing key.',
  }),
  'no-progress': () => ({
    problem: 'Locksmith failed several times in a row before it had asked Partner Center for anything.',
    advice: 'Try again in a few minutes; if it happens again, tell your Locksmith administrator.',
  }),
  'under-way': ({ by }) => ({
    problem:
      by === undefined
        ? 'somebody else has asked to reset this person’s password, and that is not over yet.'
        : `${sanitizeName(personName(by))} has asked to reset this person’s password, and that is not over yet.`,
    advice: 'Wait until that one is finished; ask again if it is still needed.',
  }),
  'no-direct-message': ({ why }) => directMessageAdvice[why],
  'partner-center': ({ trouble }) => sanitizeAdvice(describePartnerTrouble(trouble)),
} satisfies Partial<RefusalTexts>;

const directMessageAdvice = {
  'not-installed': {
    problem: 'Locksmith could not write to you alone, and the password must not go anywhere else.',
    advice: 'Open Apps in Teams, find Locksmith and add it for yourself; then ask again.',
  },
  blocked: {
    problem:
      'You or an administrator blocked Locksmith from writing to you, and the password must not go anywhere else.',
    advice: 'Unblock Locksmith in your chat with it, or ask your Teams administrator; then ask again.',
  },
  unreachable: {
    problem: 'Teams did not let Locksmith write to you alone just now, and the password must not go anywhere else.',
    advice: 'Try again in a few minutes.',
  },
} satisfies Record<Extract<Refusal, { kind: 'no-direct-message' }>['why'], FailureText>;
