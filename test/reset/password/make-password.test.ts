import { createHash, randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import { countEntraPoints, createEntraPasswordCheck } from '../../../src/reset/password/entra-password-rules.ts';
import { makePassword, type PasswordKind } from '../../../src/reset/password/make-password.ts';
import words from '../../../src/reset/password/word-list.json' with { type: 'json' };
import { createSeededRandomInt } from '../../support/seeded-random-int.ts';

const names = ['ringo.sand@spring-river.example', 'Ringo', 'Sand', 'Ringo Sand', 'Spring & River Ltd', 'Océan'];
const notorious = ['password', 'welcome', 'secret', 'admin', 'microsoft', 'winter', 'summer', 'qwerty', 'letmein'];

/** `PASSWORDS=1000000` makes a million. */
const amount = Number(process.env['PASSWORDS'] ?? 20_000);

function makeMany(count: number, kind: PasswordKind, random: (max: number) => number): readonly string[] {
  return Array.from({ length: count }, () =>
    makePassword({ names, kind, randomInt: random }).reveal((password) => password),
  );
}

describe('making a password', () => {
  it('hands it out as a secret', () => {
    const password = makePassword({ names, kind: 'ordinary', randomInt });
    expect(password).toBeInstanceOf(Secret);
    expect(String(password)).toBe('[secret]');
  });

  it(`makes ${amount} that all satisfy the rules and the scoring of Entra, whatever of them is banned`, () => {
    const random = createSeededRandomInt(1);
    const passwords = [
      ...makeMany(amount * 0.6, 'ordinary', random),
      ...makeMany(amount * 0.4, 'administrator', random),
    ];
    const problemsOf = createEntraPasswordCheck({ names, bannedWords: notorious });
    const refused = passwords.filter(
      (password) => problemsOf(password).length > 0 || countEntraPoints(password, worstCase(password)) < 5,
    );
    expect(passwords).toHaveLength(amount);
    expect(refused).toEqual([]);
  });

  it('makes words that can be dictated, at least 15 characters long, in all four classes', () => {
    const wrong = makeMany(5000, 'ordinary', randomInt).filter(
      (password) => password.length < 15 || !/^[A-Z][a-z]{2,8}(?:-[a-z]{3,9}){3}-[2-9]{2}$/.test(password),
    );
    expect(wrong).toEqual([]);
  });

  it('makes 16 characters without look-alikes, in all four classes, for administrators', () => {
    const wrong = makeMany(5000, 'administrator', randomInt).filter(
      (password) =>
        password.length !== 16 ||
        /[^\dA-Za-z+=%?]|[01OoIilSsZzB]/.test(password) ||
        ![/[a-z]/, /[A-Z]/, /\d/, /[+=%?]/].every((characters) => characters.test(password)),
    );
    expect(wrong).toEqual([]);
  });

  it('never holds four characters of a name in a row', () => {
    const wrong = makeMany(5000, 'ordinary', randomInt).filter((password) =>
      /ring|ingo|sand|spri|prin|rive|iver|ocea|cean|exam|xamp|ampl|mple/i.test(password),
    );
    expect(wrong).toEqual([]);
  });

  it('draws again, all of it, when a candidate holds a part of a name', () => {
    const drawn = [0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 7, 7];
    const password = makePassword({ names: ['Abacus Ltd'], kind: 'ordinary', randomInt: () => drawn.shift() ?? 0 });
    expect(password.reveal((value) => value)).toBe('Abdomen-abdomen-abdomen-abdomen-99');
  });

  it('says so, and does not go on for ever, when nothing is left to draw', () => {
    let draws = 0;
    const stuck = () => {
      draws += 1;
      return 0;
    };
    expect(codeOf(() => makePassword({ names: ['Abacus Ltd'], kind: 'ordinary', randomInt: stuck }))).toBe(
      'no-candidate',
    );
    expect(draws).toBe(6000);
  });

  it.each([Number.NaN, -1, 0.5, 7772, Number.POSITIVE_INFINITY])('refuses %p from the random source', (number) => {
    expect(codeOf(() => makePassword({ names, kind: 'ordinary', randomInt: () => number }))).toBe('bad-random');
  });
});

function worstCase(password: string): readonly string[] {
  const words = password.split('-').slice(0, -1);
  return [...words, ...words.slice(1).map((word, index) => `${words[index] ?? ''}${word}`)];
}

function codeOf(make: () => Secret): unknown {
  try {
    make();
  } catch (error) {
    return Error.isError(error) && 'code' in error ? error.code : error;
  }
  return 'made';
}

describe('the word list', () => {
  it('is the published one, word by word and in its order', () => {
    const published = words.map((word, index) => `${diceNumber(index)}\t${word}\n`).join('');
    expect(createHash('sha256').update(published).digest('hex')).toBe(
      'addd35536511597a02fa0a9ff1e5284677b8883b83e986e43f15a3db996b903e',
    );
  });

  it('has 7,776 different words, of which four have a hyphen', () => {
    expect(new Set(words).size).toBe(7776);
    expect(words.filter((word) => !/^[a-z]{3,9}$/.test(word))).toEqual(['drop-down', 'felt-tip', 't-shirt', 'yo-yo']);
  });
});

function diceNumber(index: number): string {
  return [...index.toString(6).padStart(5, '0')].map((digit) => Number(digit) + 1).join('');
}
