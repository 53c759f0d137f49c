/** The text of an answer, or undefined where it breaks off or is longer than `atMost` bytes. Never throws. */
export async function readBody(response: Response, atMost: number): Promise<string | undefined> {
  if (response.body === null) {
    return '';
  }
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response.body) {
      length += chunk.byteLength;
      if (length > atMost) {
        return undefined;
      }
      chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}
