/** The value an object holds under its own `key`; undefined where it is no object, or only inherits the key. */
export function readProperty(from: unknown, key: string): unknown {
  if (typeof from !== 'object' || from === null || !Object.hasOwn(from, key)) return undefined;
  return Reflect.get(from, key);
}

/** The string an object holds under its own `key`, if it has 1 to `atMost` characters. */
export function readTextProperty(from: unknown, key: string, atMost: number): string | undefined {
  const value = readProperty(from, key);
  return typeof value === 'string' && value.length > 0 && value.length <= atMost ? value : undefined;
}

const guidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** A GUID in lower case, so that two spellings of one id compare as equal; undefined where it is none. */
export function parseGuid(text: string): string | undefined {
  return guidPattern.test(text) ? text.toLowerCase() : undefined;
}

/** What may be logged of any error: its name, its code and the line of ours it came from, never its message. */
export function describeErrorForLog(error: unknown): {
  readonly name: string | undefined;
  readonly code: string | undefined;
  readonly place: string | undefined;
} {
  if (!Error.isError(error)) return { name: undefined, code: undefined, place: undefined };
  const code = readProperty(error, 'code');
  // A message may have lines that look like places, so only what follows the message is looked at.
  const behind = error.stack?.split(error.message).at(-1) ?? '';
  return {
    name: error.name,
    code: typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? code : undefined,
    place: /(?:src|test)\/[\w/.-]+:\d+:\d+/.exec(behind)?.[0],
  };
}
