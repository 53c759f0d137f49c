import type { Json } from '../../../src/sandbox/partner-center/http/json.ts';

/** The body of a reset, as documented. */
export function resetBody(password: string): Json {
  return { passwordProfile: { password, forceChangePassword: true }, attributes: { objectType: 'CustomerUser' } };
}
