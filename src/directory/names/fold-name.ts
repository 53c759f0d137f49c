import { directoryTunables } from '../../base/index.ts';
const asciiOnly = /^[\x20-\x7e]*$/;

/**
 * A name letter by letter, as it is compared: small letters, plain quotes, dashes and spaces, nothing invisible. Accents
 * stay.
 */
export function plainLetters(name: string): string {
  const lower = asciiOnly.test(name) ? name.toLowerCase() : makePlain(name);
  return lower.includes('  ') || lower.startsWith(' ') || lower.endsWith(' ')
    ? lower.replaceAll(/ +/g, ' ').trim()
    : lower;
}

function makePlain(name: string): string {
  // An acute accent that stands alone would become a space and a combining mark in NFKC, so quotes go first.
  return name
    .replaceAll(/[‘’‚‛‹›′´`ʼ＇]/g, "'")
    .replaceAll(/[“”„‟«»″〝〞＂]/g, '"')
    .replaceAll(/[‐‑‒–—―−﹘﹣－־]/g, '-')
    .normalize('NFKC')
    .replaceAll(/[\s\u2800]/gu, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, '')
    .toLowerCase()
    .replaceAll('ς', 'σ')
    .normalize('NFC');
}

const withoutMarks: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
};

/** A name as it is typed on a keyboard without accents: `Zoë Ångström` is `zoe angstrom`. */
export function foldName(name: string): string {
  const plain = plainLetters(name);
  // eslint-disable-next-line no-control-regex
  if (!/[^\x20-\x7e]/.test(plain)) return plain;
  return plain
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßæœþøłđðħŧı]/g, (letter) => withoutMarks[letter] ?? letter);
}

const spelledOut: Readonly<Record<string, string>> = { ä: 'ae', ö: 'oe', ü: 'ue', å: 'aa', ø: 'oe' };

/** A name in which accents are spelled out: `Jürgen O’Müller` is `juergen omueller`. */
export function spellOutAccents(name: string): string {
  return foldName(plainLetters(name).replaceAll(/[äöüåø]/g, (letter) => spelledOut[letter] ?? letter)).replaceAll(
    "'",
    '',
  );
}

/** A name without the ways an accent is written: `Müller`, `Mueller` and `Muller` are one. */
export function loosenName(name: string): string {
  return foldName(name)
    .replaceAll(/([aou])e/g, '$1')
    .replaceAll('aa', 'a');
}

/** The words of a name, loosened: `D’Arcy Müller-Lüdenscheidt` is `darcy`, `muller`, `ludenscheidt`. */
export function splitWords(name: string): readonly string[] {
  return loosenName(name.toWellFormed())
    .replaceAll("'", '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, directoryTunables.maxWordLength));
}
