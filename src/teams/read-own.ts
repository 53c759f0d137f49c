/** The value an object holds under its own `key`; undefined where it is no object, or only inherits the key. */
export function readOwn(from: unknown, key: string): unknown {
  if (typeof from !== 'object' || from === null || !Object.hasOwn(from, key)) return undefined;
  return Reflect.get(from, key);
}
