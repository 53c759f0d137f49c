import { describe, expect, it } from '@jest/globals';
import { type PartnerTrouble, signInTroubles } from '../../../src/reset/refusal.ts';
import { describePartnerTrouble, partnerCenterFailures } from '../../../src/texts/failures/partner-center-failures.ts';
import { signInFailures } from '../../../src/texts/failures/sign-in-failures.ts';
import { formatTechnician } from '../../../src/texts/formatting.ts';
import { describeAttention } from '../../../src/texts/outcomes.ts';
import { describeRefusal, formatRefusal } from '../../../src/texts/refusals.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';

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

  it('claims nothing about whether something was changed or sent, which no code alone can tell', () => {
    const codes = [...Object.keys(partnerCenterFailures), 'held-up', 'a-code-of-a-newer-version'];
    for (const code of codes) {
      const { problem, advice } = describePartnerTrouble(troubleOf(code));
      expect(`${problem} ${advice}`).not.toMatch(/nothing was|not tried|changed nothing|was not sent\. /i);
    }
  });

  it.each(['route-unknown', 'not-accepted', 'not-connected', 'throttled', 'foreign-answer', 'not-found'])(
    'is told with one “nothing was changed” where it refused a reset: %s',
    (code) => {
      const told = formatRefusal({ kind: 'partner-center', trouble: troubleOf(code) }, undefined);
      expect(told.match(/nothing was changed/gi)).toHaveLength(1);
    },
  );

  it('is told without any where an earlier try may have done it', () => {
    for (const code of ['route-unknown', 'not-connected', 'throttled', 'not-accepted', 'sign-in-failed']) {
      const { problem, advice } = describeAttention({ kind: 'unclear', trouble: troubleOf(code) });
      expect(`${problem} ${advice}`).not.toMatch(/nothing was (?:changed|sent)|not tried/i);
      expect(problem).toContain('It is not certain');
    }
  });

  it('blames this software for what is its fault, and for nothing else', () => {
    const blamed = Object.keys(partnerCenterFailures).filter((code) =>
      describePartnerTrouble(troubleOf(code)).problem.includes('fault of this software'),
    );
    expect(blamed).toEqual(['bad-request']);
  });

  it('gives the numbers of an answer that is not documented, and of no other', () => {
    const numbers = { httpStatus: 422, partnerCode: '4711' };
    expect(describePartnerTrouble(troubleOf('not-accepted', numbers)).problem).toMatch(/status 422 and code 4711\.$/);
    expect(describePartnerTrouble(troubleOf('refused', { httpStatus: 402 })).problem).toMatch(
      /status 402 and no code\.$/,
    );
    expect(describePartnerTrouble(troubleOf('missing-privilege', numbers)).problem).not.toContain('4711');
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
