/**
 * A field of an object off the wire, whether its name is written in camelCase or in PascalCase.
 * Null and a missing field are both undefined, and so is any field of what is no object.
 */
export function readField(from: unknown, name: string): unknown {
  if (!isObject(from)) {
    return undefined;
  }
  return from[name] ?? from[name.charAt(0).toUpperCase() + name.slice(1)] ?? undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
