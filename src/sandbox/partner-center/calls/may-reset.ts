import type { PretendRole } from '../data/directory-roles.ts';

/** The GDAP role that the partner's service account holds. */
export type PartnerRole = 'Privileged Authentication Administrator' | 'User Administrator';

/** Roles whose holders a User Administrator may reset: Directory Readers, Guest Inviter, Helpdesk, Reports Reader, User. */
const withinReach: ReadonlySet<string> = new Set([
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  '95e79109-95c0-4d8e-aee3-d01accf2d47b',
  '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  '4a5d8f65-41da-4de4-8968-e035b65339cf',
  'fe930be7-5e62-47db-91af-98c3a49a38b1',
]);

/**
 * Whether `partnerRole` may reset somebody who holds `roles`.
 * https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions
 */
export function mayReset(partnerRole: PartnerRole, roles: readonly PretendRole[]): boolean {
  return partnerRole === 'Privileged Authentication Administrator' || roles.every(({ id }) => withinReach.has(id));
}
