const prefixLength = 4;

/**
 * Makes a search for any of many texts of four bytes or more, in one pass over what is searched, however many they are.
 */
export function findAnyOf(texts: readonly string[]): (bytes: Uint8Array) => boolean {
  const wanted = Map.groupBy(
    texts.map((text) => Buffer.from(text)),
    (text) => prefixAt(text, 0),
  );
  const mayBegin = new Uint8Array(1 << 24);
  for (const text of texts) mayBegin[beginningAt(Buffer.from(text), 0)] = 1;

  return (bytes) => {
    const last = bytes.length - prefixLength;
    for (let at = 0; at <= last; at += 1) {
      if (mayBegin[beginningAt(bytes, at)] !== 1) continue;
      const found = wanted.get(prefixAt(bytes, at));
      if (found?.some((text) => text.equals(bytes.subarray(at, at + text.length))) === true) return true;
    }
    return false;
  };
}

function beginningAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
}

function prefixAt(bytes: Uint8Array, at: number): number {
  return beginningAt(bytes, at) * 256 + (bytes[at + prefixLength - 1] ?? 0);
}
