import { describe, expect, it } from '@jest/globals';
import { formatAlarm } from '../../src/texts/alarms.ts';

describe('an alarm about the sign-in', () => {
  it('says that resets pause, why, and what mends it', () => {
    const says = formatAlarm({ kind: 'sign-in-paused', cause: 'mfa_required' });
    expect(says).toBe(
      'Resets pause: the sign-in to Partner Center lacks multifactor authentication. ' +
        'Run `npm run consent`; what is under way then goes on by itself.',
    );
    expect(formatAlarm({ kind: 'sign-in-paused', cause: 'client_secret_expired' })).toContain('start the bot again');
  });

  it('says that the bot cannot send, why, and what mends it', () => {
    const expired = formatAlarm({ kind: 'bot-sign-in-failed', cause: 'client_secret_expired' });
    expect(expired).toContain('secret has expired. Make a new one, put it into MicrosoftAppPassword');
    expect(formatAlarm({ kind: 'bot-sign-in-failed', cause: 'refused' })).toContain('`npm run doctor`');
  });

  it('says what ends and when', () => {
    const endsAt = Date.UTC(2026, 4, 6, 7, 8, 9);
    expect(formatAlarm({ kind: 'sign-in-ending', what: 'certificate', endsAt })).toContain('ends on 2026-05-06');
    expect(formatAlarm({ kind: 'sign-in-ending', what: 'refresh-token', endsAt })).toContain('`npm run consent`');
  });
});
