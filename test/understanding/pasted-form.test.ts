import { describe, expect, it } from '@jest/globals';
import { english, readSpelled, writeAsForm } from '../../src/understanding/index.ts';

describe('what was pasted from a program', () => {
  it.each([
    [
      'JSON',
      '{"user": "Siobhan O\'Reilly", "action": "reset_password"}',
      "user: Siobhan O'Reilly\naction: reset_password",
    ],
    [
      'keys and values',
      'user="Jane Doe" tenant=Contoso Bikes ticket=INC0012345',
      'user: Jane Doe\ntenant: Contoso Bikes\nticket: INC0012345',
    ],
    ['XML', '<company>Contoso</company><contact>Jane Doe</contact>', 'company: Contoso\ncontact: Jane Doe'],
    [
      'a first and a last name',
      'first name: Jane; last name: Doe; company: Contoso',
      'user: Jane Doe\n company: Contoso',
    ],
    [
      'questions and answers',
      'Who needs the reset? Jane Doe\nWhich company? Contoso',
      'reset for: Jane Doe\ncustomer: Contoso',
    ],
  ])('becomes the lines of a form: %s', (_name, typed, form) => {
    expect(
      writeAsForm(typed, english)
        .replaceAll(/ *\n+ ?/g, '\n')
        .trim(),
    ).toBe(form.replaceAll(/ *\n+ ?/g, '\n'));
  });

  it.each([
    'reset <at>Everyone</at> at Contoso',
    'What is wrong? Jane Doe cannot log in.',
    'reset "Jane Doe": Contoso',
  ])('stays as it is where it is none: %s', (typed) => {
    expect(writeAsForm(typed, english)).toBe(typed);
  });
});

describe('a spelled name', () => {
  it.each([
    ['Nils Quist, Q-U-I-S-T, Mill Films', 'Nils Quist, , Mill Films', []],
    ['jin mehta M as in Mike E H T A', 'jin mehta ', []],
    ["daan that's d double a n haddad", 'daan haddad', []],
    ['omar Q U I S T', 'omar  Quist', ['QUIST']],
    ['selma chen, C-H-E-N-G', 'selma chen,  Cheng', ['CHENG']],
    ['helga with an h at pebble', 'helga at pebble', []],
    ['john with an x', 'john with an x', []],
    ['enzo dot conti at laurelbooks dot com', 'enzo.conti at laurelbooks.com', []],
    ['reset helga period thanks', 'reset helga. thanks', []],
  ])('is read: %s', (typed, text, spelled) => {
    expect(readSpelled(typed, english)).toEqual({ text, spelled });
  });
});
