import { describe, expect, it } from '@jest/globals';
import { parseCommand } from '../../src/words/parse-command.ts';

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
    expect(parseCommand(text)).toMatchObject({ everything });
  });
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
    const command = parseCommand(text);
    expect(command).toMatchObject({ kind: 'thaw', everything: false });
    expect(command.kind === 'thaw' ? command.customer : '').not.toMatch(/^(?:|contoso|contoso bikes)$/i);
  });

  it.each(['hi all, thaw', 'thaw, thanks', 'unfreeze now'])('of no more than the only one: %s', (text) => {
    expect(parseCommand(text)).toStrictEqual({ kind: 'thaw', customer: undefined, everything: false });
  });

  it.each([
    'thaw everything now',
    'please thaw all, thanks',
    'thaw them all',
    'thaw all customers',
    'unfreeze everyone',
  ])('of everything: %s', (text) => {
    expect(parseCommand(text)).toStrictEqual({ kind: 'thaw', customer: undefined, everything: true });
  });
});

it.each(['thaw?', 'thaw everything?', 'freeze?', 'freeze Contoso?', 'unfreeze all resets ?'])(
  'a question freezes and thaws nothing: %s',
  (text) => {
    expect(parseCommand(text)).toStrictEqual({ kind: 'about-freezing' });
  },
);

it('whoever pleads for the brake gets it', () => {
  expect(parseCommand('freeze everything, please?')).toMatchObject({ kind: 'freeze', everything: true });
});
