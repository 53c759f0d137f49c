/** Every form in which a secret may lie about: plain, reversed, escaped for URLs and JSON, and base64 at any offset. */
export function formsOfSecret(secret: string): readonly string[] {
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.from(' '.repeat(offset) + secret).toString('base64');
    // The ends depend on what stands beside the secret.
    return text.slice(offset === 0 ? 0 : 4, -4);
  });
  return [
    ...new Set([
      secret,
      [...secret].toReversed().join(''),
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      ...base64,
      Buffer.from(secret).toString('hex'),
    ]),
  ];
}
