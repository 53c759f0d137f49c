import { describe, expect, it } from '@jest/globals';
import { newSignInFailures } from '../../../src/texts/failures/sign-in-failures.ts';
import { storeAdvice } from '../../../src/texts/failures/start-and-store-failures.ts';

describe('what an administrator reads at the terminal', () => {
  it.each(Object.entries(storeAdvice))('advises in a whole sentence on a store that is %s', (_code, advice) => {
    expect(advice).toMatch(/^[A-Z].*\.$/);
  });

  it.each([...Object.entries(newSignInFailures.mismatch), ...Object.entries(newSignInFailures.mfa)])(
    'says in whole sentences why a new sign-in is not kept: %s',
    (_code, { problem, advice }) => {
      expect(problem).toMatch(/^[A-Z].*\.$/);
      expect(advice).toMatch(/^[A-Z].*\.$/);
    },
  );
});
