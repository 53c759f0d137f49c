const scripts = (
  'Latin Cyrillic Greek Armenian Georgian Hebrew Arabic Devanagari Bengali Gujarati Gurmukhi Kannada Malayalam Tamil ' +
  'Telugu Sinhala Thai Lao Khmer Myanmar Tibetan Mongolian Ethiopic Cherokee Coptic Han Hiragana Katakana Bopomofo Hangul'
)
  .split(' ')
  .map((name) => ({ name, letters: new RegExp(`\\p{Script=${name}}`, 'u') }));

/** Scripts that are written together: Unicode Technical Standard 39, section 5.2, level "Highly Restrictive". */
const together = [
  ['Latin', 'Han', 'Hiragana', 'Katakana'],
  ['Latin', 'Han', 'Bopomofo'],
  ['Latin', 'Han', 'Hangul'],
];

const invisible = /[^\P{Default_Ignorable_Code_Point}\uFE0F\u200D]|[^\P{Cc}\t\n\r]/u;

/**
 * Whether a name may be made to look like another one: letters of alphabets that are not written together (a Cyrillic
 * `а` among Latin letters), or characters that cannot be seen. What is no text is suspect, too.
 */
export function looksDeceptive(name: string): boolean {
  if (typeof name !== 'string') return true;
  const considered = name.slice(0, 2048);
  if (invisible.test(considered)) return true;
  const used = scripts.filter((script) => script.letters.test(considered)).map((script) => script.name);
  return used.length > 1 && !together.some((allowed) => used.every((script) => allowed.includes(script)));
}
