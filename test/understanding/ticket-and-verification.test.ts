import { describe, expect, it } from '@jest/globals';
import { policyDefaults } from '../../src/reset/policy/policy-defaults.ts';
import { english, readSentence, readTypedTicket, takeFacts } from '../../src/understanding/index.ts';

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

describe('a ticket that is typed into its own input', () => {
  it.each([
    ['4711', '4711'],
    ['4711\u200B', '4711'],
    ['\u200E4711', '4711'],
    ['4711.', '4711'],
    ['#4711,', '#4711'],
    ['\uFF14\uFF17\uFF11\uFF11', '4711'],
    ['Ticket no. 4711', '4711'],
    ['SR 4711', '4711'],
    ['[ID:0004711]', '[ID:0004711]'],
    [' t20261130.0012 ', 't20261130.0012'],
    ['INC0012345', 'INC0012345'],
    ['7.', '7'],
    ['#0', '#0'],
    ['4711, 4712', '4711, 4712'],
    ['4 711', '4 711'],
    ['no ticket', 'no ticket'],
    ['', ''],
  ])('%j is %j', (typed, ticket) => {
    expect(readTypedTicket(typed, english)).toBe(ticket);
  });
});
