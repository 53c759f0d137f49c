/**
 * Every form in which a secret may lie about: plain, reversed, escaped for URLs and for JSON, once and twice, in hex, and
 * in base64 of either alphabet at any offset.
 */
export function formsOfSecret(secret: string): readonly string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.from(' '.repeat(offset) + secret).toString('base64');
    // The ends depend on what stands beside the secret.
    return text.slice(offset === 0 ? 0 : 4, -4);
  });
  const inJson = escapeForJson(secret);
  const hex = Buffer.from(secret).toString('hex');
  return [
    ...new Set([
      secret,
      [...secret].toReversed().join(''),
      encodeURIComponent(secret),
      new URLSearchParams([['', secret]]).toString().slice(1),
      inJson,
      escapeForJson(inJson),
      ...base64,
      ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
      hex,
      hex.toUpperCase(),
    ]),
  ];
}

function escapeForJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
