/** The words of a name, in lower case and without marks and possessives: what is compared when names overlap. */
export function wordsIn(name: string): readonly string[] {
  const plain = name.toLowerCase().replaceAll(/['’]s?(?=[\s"]|$)/g, '');
  return plain.match(/[\p{L}\p{N}\p{M}]+/gu) ?? [];
}
