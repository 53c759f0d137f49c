import { z } from 'zod';

const claims = z.object({ amr: z.array(z.string()) });

/**
 * Whether an access token for Partner Center says that it was got with MFA: its `amr` holds `mfa`. Nothing is verified,
 * since it came from Entra itself; it only tells in good time what Partner Center would refuse.
 */
export function readMfa(accessToken: string): 'yes' | 'no' | 'unknown' {
  const [, payload = ''] = accessToken.split('.');
  try {
    const read = claims.safeParse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')));
    if (!read.success) return 'unknown';
    return read.data.amr.includes('mfa') ? 'yes' : 'no';
  } catch {
    return 'unknown';
  }
}
