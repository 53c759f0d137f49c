import type { z } from 'zod';

/** Claims of a token without a check of its signature; undefined where it cannot be read. */
export function readClaims<Claims>(token: string, shape: z.ZodType<Claims>): Claims | undefined {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    return shape.safeParse(JSON.parse(payload)).data;
  } catch {
    return undefined;
  }
}
