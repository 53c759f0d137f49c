import confusables from 'unhomoglyph/data.json' with { type: 'json' };

/** A letter and what it looks like, after the recommended mappings of Unicode TS 39. */
const prototypes: ReadonlyMap<string, string> = new Map(Object.entries(confusables));

/**
 * The skeleton of a text: two texts that look the same have the same one, whatever alphabets their letters come from.
 * It is for comparing alone, and no name. Large and small letters make no difference, so `I` and `l` look the same.
 * See https://www.unicode.org/reports/tr39/#Confusable_Detection.
 */
export function skeletonOf(text: string): string {
  const skeleton = mapAscii(text) ?? mapLetters(mapLetters(text).toLowerCase());
  // Not among the mappings of Unicode, which has `rn` for `m`.
  return skeleton.replaceAll('vv', 'w');
}

/** What each sign of ASCII looks like in the end, by its code: most names have no others, and an index holds a hundred thousand. */
const asciiSkeletons: readonly string[] = Array.from({ length: 0x7f }, (_, code) =>
  mapLetters(mapLetters(String.fromCharCode(code)).toLowerCase()),
);

function mapAscii(text: string): string | undefined {
  let skeleton = '';
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 0x20 || code >= 0x7f) return undefined;
    skeleton += asciiSkeletons[code] ?? '';
  }
  return skeleton;
}

function mapLetters(text: string): string {
  const isAscii = /^[\x20-\x7e]*$/.test(text);
  const letters = isAscii ? text : text.normalize('NFD').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
  let skeleton = '';
  for (const letter of letters) skeleton += prototypes.get(letter) ?? letter;
  return isAscii ? skeleton : skeleton.normalize('NFD');
}
