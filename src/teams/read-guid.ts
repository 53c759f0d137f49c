const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A GUID in lower case, so that two spellings of one id compare as equal; undefined where it is none. */
export function readGuid(text: string): string | undefined {
  return guid.test(text) ? text.toLowerCase() : undefined;
}
