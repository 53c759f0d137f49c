import { expect, it } from '@jest/globals';
import { exampleSentence } from '../../src/sandbox/partner-center/index.ts';
import { describeHelp, sandboxSentence } from '../../src/texts/home-and-help.ts';
import { english, readCommand } from '../../src/understanding/index.ts';

const sayings = (rights: Parameters<typeof describeHelp>[0]) => describeHelp(rights).rows.map(({ say }) => say);
const none = { mayReset: false, mayApprove: false, mayAudit: false };

it('shows in the help how to ask, how a question is answered and a card confirmed', () => {
  const told = sayings({ ...none, mayReset: true }).join('\n');
  for (const saying of [
    'reset password for Jane Doe at Contoso',
    'or 2',
    'confirm called back #4711',
    'cancel K7QM-3XWD',
  ])
    expect(told).toContain(saying);
});

it('shows in the help only what this person may do', () => {
  const told = (rights: Partial<typeof none>) => sayings({ ...none, ...rights }).join('\n');
  expect(told({})).toBe('');
  expect(describeHelp(none).closing.join()).toContain('You may not reset');
  expect(told({ mayReset: true })).not.toContain('thaw');
  expect(told({ mayApprove: true })).toMatch(/freeze.*\nthaw/);
  expect(told({ mayApprove: true })).not.toContain('confirm');
  expect(told({ mayAudit: true })).toContain('history');
  expect(told({ mayApprove: true })).not.toContain('history');
});

it('shows commands that are understood as such', () => {
  const all = sayings({ mayReset: true, mayApprove: true, mayAudit: true });
  const kinds = all.map((say) => readCommand(say.split(',')[0] ?? '', english).kind);
  expect(kinds).toStrictEqual([
    'sentence',
    'sentence',
    'confirm',
    'status',
    'cancel',
    'approvers',
    'freeze',
    'thaw',
    'history',
  ]);
  expect(sandboxSentence).toBe(exampleSentence);
  expect(readCommand(sandboxSentence, english).kind).toBe('sentence');
});
