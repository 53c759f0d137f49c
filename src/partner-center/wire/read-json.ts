/** JSON from the text of an answer, which may begin with a byte order mark; undefined where it is no JSON. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    return undefined;
  }
}
