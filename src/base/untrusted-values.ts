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

/** The text of a body, or why there is none: the connection broke, or the body has too many bytes. */
type LimitedBody =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'broken' } | { readonly kind: 'too-long' };

/** Reads the body of a response as text. Stops reading at more than `maxBytes`. Never rejects. */
export async function readLimitedBody(response: Pick<Response, 'body'>, maxBytes: number): Promise<LimitedBody> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > maxBytes) return { kind: 'too-long' };
      chunks.push(chunk);
    }
    return { kind: 'text', text: Buffer.concat(chunks).toString('utf8') };
  } catch {
    return { kind: 'broken' };
  }
}
