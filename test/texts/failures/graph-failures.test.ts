import { describe, expect, it } from '@jest/globals';
import { graphErrorCodes } from '../../../src/graph/index.ts';
import { isPassingTrouble } from '../../../src/reset/index.ts';
import { describeRefusal, graphFailures } from '../../../src/texts/index.ts';

describe('what went wrong at Microsoft Graph', () => {
  it('is said to technicians for every code in whole sentences, with what to do next', () => {
    expect(Object.keys(graphFailures).toSorted()).toEqual([...graphErrorCodes].toSorted());
    for (const { technician, administrator } of Object.values(graphFailures)) {
      expect(technician.problem).toMatch(/^[A-Z].*\.$/);
      expect(technician.advice).toMatch(/^[A-Z].*\.$/);
      expect(administrator).toMatch(/^[A-Z].*\.$/);
    }
  });

  it('tells a technician why a protecting fact cannot be read, in a sentence, with the code to look up', () => {
    for (const [code, { technician }] of Object.entries(graphFailures)) {
      const { problem, advice } = describeRefusal({
        kind: 'protection-unknown',
        facts: ['roles'],
        code,
        httpStatus: 403,
      });
      expect(problem).toContain(
        `what protects this account (the roles that it has through groups): ${technician.problem}`,
      );
      expect(advice).toMatch(
        isPassingTrouble(code) ? /^Try again in a minute;/ : /who can mend it, or end this protection .* --forget/,
      );
      expect(advice).toContain(` (${code}, status 403)`);
    }
    const newer = describeRefusal({ kind: 'protection-unknown', facts: ['roles'], code: 'of-a-newer-version' });
    expect(newer.advice).toContain('(of-a-newer-version)');
  });

  it('claims nothing about whether something was changed, which no code alone can tell', () => {
    expect(JSON.stringify(graphFailures)).not.toMatch(/nothing was|changed nothing|was not sent/i);
  });

  it('has a sentence of its own for each refusal of Entra, so that none is taken for another', () => {
    const problems = Object.values(graphFailures).map(({ technician }) => technician.problem);
    expect(new Set(problems).size).toBe(problems.length);
  });
});
