/** The body of an answer: its text, or why there is none. */
export type Body =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'broken' } | { readonly kind: 'too-long' };

/** Reads the text of an answer of at most `atMost` bytes. Never throws. */
export async function readBody(response: Response, atMost: number): Promise<Body> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength;
      if (length > atMost) {
        return { kind: 'too-long' };
      }
      chunks.push(chunk);
    }
    return { kind: 'text', text: Buffer.concat(chunks).toString('utf8') };
  } catch {
    return { kind: 'broken' };
  }
}
