/** Whether `word` is `key` with at most one letter missing, added, changed, or swapped with its neighbour. */
export function isNear(word: string, key: string): boolean {
  if (Math.abs(word.length - key.length) > 1) {
    return false;
  }
  let start = 0;
  while (start < key.length && word.charAt(start) === key.charAt(start)) {
    start += 1;
  }
  const rest = word.slice(start);
  const expected = key.slice(start);
  if (rest === '' || expected === '') {
    return true;
  }
  return (
    rest.slice(1) === expected ||
    rest === expected.slice(1) ||
    rest.slice(1) === expected.slice(1) ||
    (rest.slice(2) === expected.slice(2) &&
      rest.charAt(0) === expected.charAt(1) &&
      rest.charAt(1) === expected.charAt(0))
  );
}
