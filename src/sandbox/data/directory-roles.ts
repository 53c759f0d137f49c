/** A directory role: Entra's role template id, and the name Partner Center gives it, which is a legacy one for some. */
export type PretendRole = { readonly id: string; readonly name: string };

/** The role that permits everything; Partner Center calls it by its old name. */
export const globalAdministrator: PretendRole = {
  id: '62e90394-69f5-4237-9190-012177145e10',
  name: 'Company Administrator',
};

/** https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
export const administratorRoles: readonly PretendRole[] = [
  globalAdministrator,
  { id: '729827e3-9c14-49f7-bb1b-9608f156bbb8', name: 'Helpdesk Administrator' },
  { id: 'fe930be7-5e62-47db-91af-98c3a49a38b1', name: 'User Account Administrator' },
  { id: 'b0f54661-2d74-4c50-afa3-1ec803f12efe', name: 'Billing Administrator' },
  { id: 'f023fd81-a637-4b56-95fd-791ac0226033', name: 'Service Support Administrator' },
  { id: '29232cdf-9323-42fd-ade2-1d097af3e4de', name: 'Exchange Service Administrator' },
  { id: 'f28a1f50-f6e7-4571-818b-6a12f2af6b6c', name: 'SharePoint Service Administrator' },
  { id: '7be44c8a-adaf-4e2a-84d6-ab2649e08a13', name: 'Privileged Authentication Administrator' },
  { id: 'e8611ab8-c189-46e8-94e1-60213ab1f814', name: 'Privileged Role Administrator' },
  { id: '194ae4cb-b126-40b2-bd5b-6091b380977d', name: 'Security Administrator' },
];

/** Roles that give nothing to break in for. */
export const harmlessRoles: readonly PretendRole[] = [
  { id: '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', name: 'Directory Readers' },
  { id: '4a5d8f65-41da-4de4-8968-e035b65339cf', name: 'Reports Reader' },
  { id: '95e79109-95c0-4d8e-aee3-d01accf2d47b', name: 'Guest Inviter' },
];

/** The GDAP role that the partner's service account holds. */
export type PartnerRole = 'Privileged Authentication Administrator' | 'User Administrator';

/** Roles whose holders a User Administrator may reset: Directory Readers, Guest Inviter, Helpdesk, Reports Reader, User. */
const resettableByUserAdministrator: ReadonlySet<string> = new Set([
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  '95e79109-95c0-4d8e-aee3-d01accf2d47b',
  '729827e3-9c14-49f7-bb1b-9608f156bbb8',
  '4a5d8f65-41da-4de4-8968-e035b65339cf',
  'fe930be7-5e62-47db-91af-98c3a49a38b1',
]);

/**
 * Whether `partnerRole` may reset a user who holds `roles`.
 * https://learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions
 */
export function mayReset(partnerRole: PartnerRole, roles: readonly PretendRole[]): boolean {
  return (
    partnerRole === 'Privileged Authentication Administrator' ||
    roles.every(({ id }) => resettableByUserAdministrator.has(id))
  );
}
