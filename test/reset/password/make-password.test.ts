import { randomInt } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../../src/base/secret.ts';
import blockedWords from '../../../src/reset/password/blocked-words.json' with { type: 'json' };
import {
  countCharacterClasses,
  countEntraPoints,
  createEntraPasswordCheck,
} from '../../../src/reset/password/entra-password-rules.ts';
import { makePassword, type PasswordKind } from '../../../src/reset/password/make-password.ts';
import words from '../../../src/reset/password/word-list.json' with { type: 'json' };
import { createSeededRandomInt } from '../../support/seeded-random-int.ts';

const names = ['ringo.sand@spring-river.example', 'Ringo', 'Sand', 'Ringo Sand', 'Spring & River Ltd', 'Océan'];
const notorious = ['password', 'welcome', 'secret', 'admin', 'microsoft', 'winter', 'summer', 'qwerty', 'letmein'];

/** `PASSWORDS=1000000` makes a million. */
const amount = Number(process.env['PASSWORDS'] ?? 25_000);
const phrase = /^(?<letters>(?:[A-Z][a-z]{2,5}){5})_(?<digits>[2-9]{3})$/;
const longest = words.filter((word) => word.length === 6);
/** Five of the longest words do not fit on a line. */
const bitsOfWords = Math.log2((words.length ** 5 - longest.length ** 5) * 8 ** 3);
const partsOfNames = /ring|ingo|sand|spri|prin|rive|iver|ocea|cean|exam|xamp|ampl|mple/i;

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

  it(`makes ${amount} of words that can be dictated, of at least 58 bits, in all four classes, without names and blocked words`, () => {
    let draws = 0;
    const seeded = createSeededRandomInt(1);
    const passwords = makeMany(amount, 'ordinary', (max) => {
      draws += 1;
      return seeded(max);
    });
    const wrong = passwords.filter((password) => {
      const drawn = wordsOf(password).map((word) => word.toLowerCase());
      return (
        !phrase.test(password) ||
        countCharacterClasses(password) !== 4 ||
        partsOfNames.test(password) ||
        !drawn.every((word) => listed.has(word) && !blockedAlone.has(word)) ||
        blockedInside.some((word) => password.toLowerCase().includes(word))
      );
    });
    expect(passwords).toHaveLength(amount);
    expect(wrong).toEqual([]);
    const lengths = passwords.map((password) => password.length);
    expect(Math.min(...ends(lengths))).toBeGreaterThanOrEqual(19);
    expect(Math.max(...ends(lengths))).toBeLessThanOrEqual(33);
    const asked = words.length ** 5 * 8 ** 3;
    expect(Math.log2(asked * (amount / (draws / 8)))).toBeGreaterThanOrEqual(58);
  });

  it(`makes ${amount / 5} that all satisfy the rules and the scoring of Entra, whatever of them is banned`, () => {
    const random = createSeededRandomInt(1);
    const passwords = [
      ...makeMany(amount * 0.12, 'ordinary', random),
      ...makeMany(amount * 0.08, 'administrator', random),
    ];
    const problemsOf = createEntraPasswordCheck({ names, bannedWords: notorious });
    const refused = passwords.filter(
      (password) => problemsOf(password).length > 0 || countEntraPoints(password, worstCase(password)) < 5,
    );
    expect(passwords).toHaveLength(amount / 5);
    expect(refused).toEqual([]);
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
    const wrong = makeMany(5000, 'ordinary', randomInt).filter((password) => partsOfNames.test(password));
    expect(wrong).toEqual([]);
  });

  it('draws again when it is longer than a line', () => {
    const six = words.findIndex((word) => word.length === 6);
    const draws = [six, six, six, six, six, 0, 0, 0, six, six, six, six, 0, 7, 7, 7];
    const password = makePassword({ names: [], kind: 'ordinary', randomInt: () => draws.shift() ?? 0 });
    expect(password.reveal((value) => value)).toMatch(/^(?:[A-Z][a-z]{5}){4}Acorn_999$/);
  });

  it('draws again when a blocked word stands where two words meet', () => {
    const drawn = ['brush', 'item', 'brush', 'item', 'brush'].map((word) => words.indexOf(word));
    const draws = [...drawn, 0, 0, 0, 0, 0, 0, 0, 0, 7, 7, 7];
    const password = makePassword({ names: [], kind: 'ordinary', randomInt: () => draws.shift() ?? 0 });
    expect(password.reveal((value) => value)).toBe('AcornAcornAcornAcornAcorn_999');
  });

  it('draws again, all of it, when a candidate holds a part of a name', () => {
    const bench = words.indexOf('bench');
    const drawn = [0, 0, 0, 0, 0, 0, 0, 0, bench, bench, bench, bench, bench, 7, 7, 7];
    const password = makePassword({ names: ['Acorn Ltd'], kind: 'ordinary', randomInt: () => drawn.shift() ?? 0 });
    expect(password.reveal((value) => value)).toBe('BenchBenchBenchBenchBench_999');
  });

  it('says so, and does not go on for ever, when nothing is left to draw', () => {
    let draws = 0;
    const stuck = () => {
      draws += 1;
      return 0;
    };
    expect(codeOf(() => makePassword({ names: ['Acorn Ltd'], kind: 'ordinary', randomInt: stuck }))).toBe(
      'no-candidate',
    );
    expect(draws).toBe(8000);
  });

  it.each([Number.NaN, -1, 0.5, 1024, Number.POSITIVE_INFINITY])('refuses %p from the random source', (number) => {
    expect(codeOf(() => makePassword({ names, kind: 'ordinary', randomInt: () => number }))).toBe('bad-random');
  });
});

const listed = new Set(words);
const blockedInside = blockedWords.filter((word) => word.length >= 4);
const blockedAlone = new Set(blockedWords);

function wordsOf(password: string): readonly string[] {
  return password.match(/[A-Z][a-z]+/g) ?? [];
}

function ends(lengths: readonly number[]): readonly number[] {
  const sorted = lengths.toSorted((one, other) => one - other);
  return [sorted.at(0) ?? 0, sorted.at(-1) ?? 0];
}

function worstCase(password: string): readonly string[] {
  const drawn = phrase.test(password) ? wordsOf(password) : [];
  return [...drawn, ...drawn.slice(1).map((word, index) => `${drawn[index] ?? ''}${word}`)];
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
  it('gives at least 58 bits by its length alone', () => {
    expect(words).toHaveLength(1024);
    expect(bitsOfWords).toBeGreaterThanOrEqual(58.94);
  });

  it('has different words of three to six letters in alphabetical order', () => {
    expect(words.filter((word) => !/^[a-z]{3,6}$/.test(word))).toEqual([]);
    expect([...new Set(words)].toSorted()).toEqual(words);
  });

  it('has no two words that one edit parts', () => {
    const near = words.filter((word) => editsOf(word).some((other) => other !== word && listed.has(other)));
    expect(near).toEqual([]);
  });

  it('has no blocked word, and none of four letters or more inside a word', () => {
    expect(words.filter((word) => blockedAlone.has(word))).toEqual([]);
    expect(words.filter((word) => blockedInside.some((blocked) => word.includes(blocked)))).toEqual([]);
  });

  it('has no word that is said while a password is spelled', () => {
    const nato =
      'alfa alpha bravo charlie delta echo foxtrot golf hotel india juliett kilo lima mike november oscar papa quebec romeo sierra tango uniform victor whiskey yankee zulu';
    const said = 'capital small letter digit sign underscore hyphen plus equals percent question mark space word then';
    const numbers = 'zero one two three four five six seven eight nine ten double';
    expect(`${nato} ${said} ${numbers}`.split(' ').filter((word) => listed.has(word))).toEqual([]);
  });

  it('has no pair of well-known homophones', () => {
    const pairs =
      'knight/night ladder/latter petal/pedal/medal/metal flour/flower plum/plumb root/route sale/sail son/sun stair/stare steak/stake tail/tale bear/bare board/bored brake/break cell/sell cent/scent/sent cereal/serial court/caught coarse/course desert/dessert dear/deer fair/fare feet/feat hair/hare heal/heel hole/whole hour/our mail/male meat/meet pair/pear pail/pale peace/piece plain/plane pray/prey rain/reign rose/rows sea/see sew/so steel/steal their/there two/too/to waist/waste wait/weight weak/week witch/which wood/would write/right talk/torque sauce/source pawn/porn sort/sought lava/larva panda/pander liter/leader colour/color grey/gray tyre/tire centre/center';
    const heard = pairs.split(' ').flatMap((pair) => pair.split('/'));
    expect(heard.filter((word) => listed.has(word))).toEqual([]);
  });
});

/** Every text that one letter more, less or other makes of a word. */
function editsOf(word: string): readonly string[] {
  const edits: string[] = [];
  for (let at = 0; at <= word.length; at += 1) {
    const before = word.slice(0, at);
    edits.push(before + word.slice(at + 1));
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      edits.push(before + letter + word.slice(at), before + letter + word.slice(at + 1));
    }
  }
  return edits;
}
