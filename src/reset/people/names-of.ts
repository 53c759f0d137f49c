import type { Target } from './target.ts';

/** Every name of a target that must not stand in their password. */
export function namesOf({ customer, user }: Target): readonly string[] {
  return [user.displayName, user.userPrincipalName, customer.name, customer.domain];
}
