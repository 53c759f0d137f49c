import type { PartnerTrouble } from './partner-trouble.ts';

/** Whether nothing is wrong but Locksmith's own sign-in to Partner Center, which somebody mends or which passes. */
export function isSignInMissing({ code }: PartnerTrouble): boolean {
  return code === 'sign-in-failed' || code === 'mfa-required';
}
