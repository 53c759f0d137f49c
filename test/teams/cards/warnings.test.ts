import { expect, it } from '@jest/globals';
import { looksSpoofed } from '../../../src/teams/cards/warnings.ts';

it.each([
  ['Megan Bowen-O’Neill 3rd'],
  ['Ольга Иванова'],
  ['محمد'],
  ['山田 タロウ (Taro)'],
  ['김민준 Kim'],
  ['Jürgen Müller'],
  ['Team 👩‍🚀 ❤️'],
  ['123'],
])('does not suspect %s', (name) => {
  expect(looksSpoofed(name)).toBe(false);
});

it.each([
  ['a Cyrillic letter among Latin ones', 'Meg\u0430n'],
  ['a Greek letter among Latin ones', 'Meg\u03B1n'],
  ['a zero-width space', 'Me\u200Bgan'],
  ['a right-to-left override', 'nagem\u202E'],
  ['a soft hyphen', 'Me\u00ADgan'],
  ['a control character', 'Me\u0007gan'],
])('suspects %s', (_what, name) => {
  expect(looksSpoofed(name)).toBe(true);
});
