/**
 * The value that an object holds under its own `key`. Undefined if `from` is no object, lacks the key or only inherits
 * it: so `__proto__` in parsed JSON cannot add a property.
 */
export function readProperty(from: unknown, key: string): unknown {
  if (typeof from !== 'object' || from === null || !Object.hasOwn(from, key)) return undefined;
  return Reflect.get(from, key);
}

/** The text that an object holds under its own `key`. Undefined if it is no text, is empty or exceeds `maxLength` characters. */
export function readTextProperty(from: unknown, key: string, maxLength: number): string | undefined {
  const value = readProperty(from, key);
  return typeof value === 'string' && value.length > 0 && value.length <= maxLength ? value : undefined;
}
