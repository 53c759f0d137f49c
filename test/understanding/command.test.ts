import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { cleanText, english, readCommand } from '../../src/understanding/index.ts';

const commandOf = (text: string) => readCommand(text, english);

describe('what is frozen or thawed', () => {
  it.each([
    ['freeze everything', true],
    ['freeze all', true],
    ['freeze every customer', true],
    ['thaw all', true],
    ['unfreeze all resets', true],
    ['freeze', false],
    ['thaw', false],
    ['thaw Contoso', false],
    ['freeze everything at Contoso', false],
  ])('of “%s” is everything: %s', (text, everything) => {
    expect(commandOf(text)).toMatchObject({ everything });
  });
});

it.each([
  ['cancel K7QM-3XWD', 'K7QM-3XWD'],
  ['cancel k7qm3xwd please', 'k7qm3xwd'],
  ['cancel K7QM 3XWD', 'K7QM-3XWD'],
  ['cancel the reset for John Rose', undefined],
])('the reference in “%s” is %s', (text, reference) => {
  expect(commandOf(text)).toStrictEqual({ kind: 'cancel', reference });
});

it.each([
  ['My open resets', 'status'],
  ['open requests', 'status'],
  ['History', 'history'],
  ['Help', 'help'],
])('what stands on a button of the home card may be typed: %s', (text, kind) => {
  expect(commandOf(text)).toMatchObject({ kind });
});

it.each([
  'what is open?',
  "what's open",
  'What’s still open?',
  'whats open now',
  'open resets',
  'any open requests?',
  'show me my open resets',
  'hi, do I have any open resets?',
  'is anything open?',
])('a question for what is open is status: %s', (text) => {
  expect(commandOf(text)).toStrictEqual({ kind: 'status', reference: undefined });
});

it.each(['what is open at Contoso Bikes', "reset password for Open Resets at what's open", 'open the mailbox'])(
  'the word open alone asks for no status: %s',
  (text) => {
    expect(commandOf(text).kind).toBe('sentence');
  },
);

it.each([
  ['hide', false],
  ['hide it', false],
  ['Hide password', false],
  ['please hide the password', false],
  ['can you hide that password again?', false],
  ['hide the password of megan bowen', true],
  ['hide the password for Megan Bowen at Contoso Bikes', true],
])('to hide what is shown is no reset: %s', (text, isNamed) => {
  expect(commandOf(text)).toStrictEqual({ kind: 'hide', isNamed });
});

it.each([
  'Hide Tanaka at Contoso Bikes forgot the password',
  'reset password for Hide Tanaka at Contoso Bikes',
  'reset Megan Bowen at Contoso Bikes and hide it',
  'hide the password, then reset Megan Bowen',
])('to hide is not all that is asked: %s', (text) => {
  expect(commandOf(text).kind).toBe('sentence');
});

describe('a thaw', () => {
  it.each([
    'thaw every customer except Contoso Bikes',
    'thaw everything, except Contoso',
    'thaw everything but Contoso',
    'thaw everything. Not Contoso!',
    'thaw everything; keep Contoso frozen',
    'thaw everything, when the incident is over',
    'thaw everything, no wait',
    'thaw all, not Contoso',
    'thaw, except Contoso',
    'thaw every customer of Contoso',
    'thaw all of them once it is over',
  ])('with a condition or an exception names nothing that is frozen: %s', (text) => {
    const command = commandOf(text);
    expect(command).toMatchObject({ kind: 'thaw', everything: false });
    expect(command.kind === 'thaw' ? command.customer : '').not.toMatch(/^(?:|contoso|contoso bikes)$/i);
  });

  it.each(['hi all, thaw', 'thaw, thanks', 'unfreeze now'])('of no more than the only one: %s', (text) => {
    expect(commandOf(text)).toStrictEqual({ kind: 'thaw', customer: undefined, everything: false });
  });

  it.each([
    'thaw everything now',
    'please thaw all, thanks',
    'thaw them all',
    'thaw all customers',
    'unfreeze everyone',
  ])('of everything: %s', (text) => {
    expect(commandOf(text)).toStrictEqual({ kind: 'thaw', customer: undefined, everything: true });
  });
});

it.each(['thaw?', 'thaw everything?', 'freeze?', 'freeze Contoso?', 'unfreeze all resets ?'])(
  'a question freezes and thaws nothing: %s',
  (text) => {
    expect(commandOf(text)).toStrictEqual({ kind: 'about-freezing' });
  },
);

it('whoever pleads for the brake gets it', () => {
  expect(commandOf('freeze everything, please?')).toMatchObject({ kind: 'freeze', everything: true });
});

describe('a text of any kind', () => {
  it.each([
    ['', 'nothing'],
    [' \n\t\u00A0 ', 'nothing'],
    ['a'.repeat(1000), 'sentence'],
    ['a'.repeat(1001), 'too-long'],
    ['😀'.repeat(1000), 'sentence'],
    ['😀'.repeat(1001), 'too-long'],
    [`reset password for ${'a'.repeat(1_000_000)}`, 'too-long'],
    [`  ${' '.repeat(5000)}help  `, 'help'],
  ])('%# is measured in characters, without the space around it', (text, kind) => {
    expect(commandOf(text).kind).toBe(kind);
  });

  it('is read even where it was not cleaned', () => {
    expect(commandOf('reset Jane\u2019s password at\u00A0Contoso').kind).toBe('sentence');
  });

  it('never throws', () => {
    const any = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 1200 }),
      fc.string({ unit: 'grapheme', maxLength: 300 }),
    );
    fc.assert(
      fc.property(any, (text) => {
        expect(typeof commandOf(cleanText(text, [])).kind).toBe('string');
      }),
      { numRuns: 500 },
    );
  });
});

describe('a question who may approve', () => {
  it.each([
    'approvers',
    'who may approve',
    'who can approve resets?',
    'who is an approver?',
    'Who are the approvers?',
    'hi, who is allowed to approve a reset please?',
    'am I an approver?',
    'list approvers',
  ])('is a command of its own: %s', (text) => {
    expect(commandOf(text)).toStrictEqual({ kind: 'approvers' });
  });

  it.each([
    'reset Anna Approver at Contoso',
    'who approved the reset of Jane Doe?',
    'approve',
    'approver Jane Doe at Contoso',
  ])('is none of these: %s', (text) => {
    expect(commandOf(text).kind).toBe('sentence');
  });
});
