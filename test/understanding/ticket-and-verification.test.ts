import { describe, expect, it } from '@jest/globals';
import { policyDefaults } from '../../src/reset/policy/policy-defaults.ts';
import { english, readSentence, takeFacts } from '../../src/understanding/index.ts';

const { methods } = policyDefaults.verification;
const [calledBack] = methods;

function read(typed: string) {
  return takeFacts(readSentence(`reset password for Jane Doe at Contoso, ${typed}`, english), methods, english);
}

describe('how a caller was verified', () => {
  it.each(['called back', 'I called her back', 'I have called her back', "we've called him back", 'called them back'])(
    'is taken over: %s',
    (typed) => {
      expect(read(typed).verification).toBe(calledBack);
      expect(read(typed).rest.tokens.map(({ key }) => key)).not.toContain('back');
    },
  );

  it.each([
    'I have not called her back',
    'I never called her back',
    'I should have called her back',
    'she called us back',
    'I will call her back',
  ])('is not where nobody did it: %s', (typed) => {
    expect(read(typed).verification).toBeUndefined();
  });
});
