import { foldWord } from './tokens.ts';
import type { Vocabulary } from './vocabulary-shape.ts';

/** The spelling alphabet of radio and telephone. See https://www.itu.int, Radio Regulations, appendix 14. */
const alphabet =
  `alfa|alpha|bravo|charlie|delta|echo|foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|
romeo|sierra|tango|uniform|victor|whisk[e]?y|x-?ray|yankee|zulu`.replaceAll(/\s/g, '');
/** Fewer letters may be initials, or words that are typed as letters. */
const fewestOfNewName = 4;

/** A text, and the names in it that were spelled and that no other word says. */
type SpelledText = { readonly text: string; readonly spelled: readonly string[] };

/**
 * Reads how names are spelled. Letters that are a word of the text too say nothing new and go (`Quist, Q-U-I-S-T`,
 * `Mehta, M as in Mike E H T A`). Others become a word, as in `Omar Q U I S T`; dotted ones stay, as a company is written so.
 */
export function readSpelled(typed: string, { spelling }: Pick<Vocabulary, 'spelling'>): SpelledText {
  const { double, leadIn, asIn, remark, signs, dot, domainWithDot } = spelling;
  const isDictated = !/[.,;:!?\n]/.test(typed);
  const dotted = domainWithDot.test(typed) ? typed.replaceAll(dot, '.') : typed;
  const text = isDictated ? signs.reduce((said, [spoken, sign]) => said.replaceAll(spoken, sign), dotted) : dotted;
  const same = (group: number): string => `\\${String(group)}`;
  const letter = (group: number): string =>
    String.raw`(?:(?:${double}) )?(?:(?:${alphabet})|(\p{L}))(?![\p{L}\p{N}'])(?:,? (?:${asIn}) ${same(group)}\p{L}+)?`;
  const between = String.raw`(?:[-.]|,? )`;
  const run = new RegExp(
    String.raw`(${leadIn})?(?<![\p{L}\p{N}@.'/-])(${letter(3)}(?:${between}${letter(4)}){2,})`,
    'giu',
  );
  const each = new RegExp(String.raw`(?:(${double}) )?(${alphabet}|\p{L})(?!\p{L})(?:,? (?:${asIn}) \2\p{L}+)?`, 'giu');
  const spelled: string[] = [];
  const written = text.replace(
    run,
    (...[whole, , signed, , , at]: [string, string, string, string, string, number]) => {
      const letters = [...signed.matchAll(each)]
        .map(([, twice, sign = '']) => sign.charAt(0).repeat(twice === undefined ? 1 : 2))
        .join('');
      const words = wordsOf(`${text.slice(0, at)} ${text.slice(at + whole.length)}`);
      const isKnown = words.some((word, first) => [word, word + (words[first + 1] ?? '')].includes(foldWord(letters)));
      if (isKnown) return '';
      const isName = letters.length >= fewestOfNewName && !signed.includes('.') && signed.length < 2 * letters.length;
      if (!isName) return whole;
      spelled.push(letters);
      return ` ${letters.charAt(0).toUpperCase()}${letters.slice(1).toLowerCase()}`;
    },
  );
  const checked = written.replace(remark, (whole: string, letters: string, at: number) => {
    const before = wordsOf(written.slice(0, at)).at(-1) ?? '';
    return before.includes(foldWord(letters).replaceAll(' ', '')) ? '' : whole;
  });
  return { text: checked, spelled };
}

function wordsOf(text: string): readonly string[] {
  return foldWord(text).match(/\p{L}+/gu) ?? [];
}
