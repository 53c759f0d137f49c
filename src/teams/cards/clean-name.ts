const longest = 128;

/** Far above any real name, and short enough that nobody's name costs time. */
const longestConsidered = 2048;

/**
 * Makes a text from outside fit to be shown in a `TextRun`: NFC, one line, at most `atMost` characters, without control,
 * bidirectional, zero-width and otherwise invisible characters, without towers of accents, and with `{{` broken apart,
 * because clients still expand `{{DATE(…)}}` there. What is no text, or nothing visible, becomes `(no name)`.
 */
export function cleanName(name: string, atMost = longest): string {
  if (typeof name !== 'string') return '(no name)';
  const visible = name
    .slice(0, longestConsidered)
    .toWellFormed()
    .replace(/[\s\u2800]+/gu, ' ')
    .replace(/[\p{C}\p{Default_Ignorable_Code_Point}]/gu, '')
    .normalize('NFC')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1')
    .replace(/\{(?=\{)/gu, '{ ')
    .replace(/ {2,}/gu, ' ')
    .trim();
  const characters = [...visible];
  if (characters.length === 0) return '(no name)';
  return characters.length > atMost
    ? `${characters
        .slice(0, atMost - 1)
        .join('')
        .trimEnd()}…`
    : visible;
}
