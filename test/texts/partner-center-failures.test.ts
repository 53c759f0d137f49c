import { describe, expect, it } from '@jest/globals';
import { signInTroubles, type PartnerTrouble } from '../../src/reset/refusal.ts';
import { formatTechnician } from '../../src/texts/formatting.ts';
import { describePartnerTrouble, partnerCenterFailures } from '../../src/texts/partner-center-failures.ts';
import { describeRefusal } from '../../src/texts/refusals.ts';
import { signInFailures } from '../../src/texts/sign-in-failures.ts';
import { buildResetRequest } from '../support/build-reset-request.ts';

const troubleOf = (code: string, more: Partial<PartnerTrouble> = {}): PartnerTrouble => ({
  code,
  signInCode: undefined,
  httpStatus: 400,
  partnerCode: undefined,
  storedWording: undefined,
  ...more,
});

describe('what went wrong at Partner Center', () => {
  it('is said for every code in whole sentences, with what to do next', () => {
    const codes = [...Object.keys(partnerCenterFailures), 'held-up', 'a-code-of-a-newer-version'];
    const troubles = [
      ...codes.map((code) => troubleOf(code)),
      ...signInTroubles.map((signInCode) => troubleOf('sign-in-failed', { signInCode })),
    ];
    for (const { problem, advice } of troubles.map(describePartnerTrouble)) {
      expect(problem).toMatch(/^[A-Z].*\.$/);
      expect(advice).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('is said by the sign-in’s code where that was the cause', () => {
    const trouble = troubleOf('sign-in-failed', { signInCode: 'invalid_grant' });
    expect(describePartnerTrouble(trouble)).toEqual(signInFailures.invalid_grant.technician);
    expect(describePartnerTrouble(troubleOf('sign-in-failed'))).toEqual(partnerCenterFailures['sign-in-failed']);
  });

  it('is said by who stands in between where a write was answered by something else', () => {
    const unclear = (httpStatus: number | undefined) =>
      describePartnerTrouble(troubleOf('unknown-result', { httpStatus }));
    expect(unclear(200)).toEqual(partnerCenterFailures['foreign-answer']);
    for (const status of [301, 302, 307]) expect(unclear(status)).toEqual(partnerCenterFailures.redirected);
    for (const status of [403, 500, undefined])
      expect(unclear(status)).toEqual(partnerCenterFailures['unknown-result']);
  });

  it('is said in the words of the row where an older version wrote them', () => {
    const storedWording = { problem: 'It broke.', advice: 'Wait.' };
    expect(describePartnerTrouble(troubleOf('throttled', { storedWording }))).toEqual(storedWording);
  });
});

describe('a person without a name', () => {
  it('is called the same as in rows of an older version', () => {
    const { technician } = buildResetRequest();
    const nameless = { ...technician, name: '', userPrincipalName: undefined };
    expect(formatTechnician(nameless)).toBe('somebody without a name');
    expect(formatTechnician({ ...nameless, name: 'somebody without a name' })).toBe('somebody without a name');
    expect(describeRefusal({ kind: 'under-way', by: undefined })).toEqual(
      describeRefusal({ kind: 'under-way', by: 'somebody else' }),
    );
  });
});
