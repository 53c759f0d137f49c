const longest = 320;

/** Whether a word has the shape of an address: one `@`, something before it, a dotted domain after it. */
export function isAddress(word: string): boolean {
  const at = word.indexOf('@');
  if (at < 1 || word.length > longest || word.indexOf('@', at + 1) !== -1 || /[\s,;:<>()"[\]]/.test(word)) {
    return false;
  }
  const labels = word.slice(at + 1).split('.');
  return labels.length > 1 && labels.every((label) => label !== '');
}
