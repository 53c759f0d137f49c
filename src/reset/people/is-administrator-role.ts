/**
 * Role template ids that give nothing to break in for, so User Administrator may reset their holders: Directory Readers,
 * Guest Inviter, Message Center Reader, Reports Reader, Usage Summary Reports Reader, User
 * (learn.microsoft.com/entra/identity/role-based-access-control/privileged-roles-permissions).
 */
const ordinaryRoles: ReadonlySet<string> = new Set([
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b',
  '95e79109-95c0-4d8e-aee3-d01accf2d47b',
  '790c1fb9-7f7d-4f88-86a1-ef1f95c05c1b',
  '4a5d8f65-41da-4de4-8968-e035b65339cf',
  '75934031-6c7e-415a-99d7-48dbd49e875e',
  'a0b1b346-4d3e-4e8b-98f8-753987be4970',
]);

/** Whether a directory role counts as an administrator's: every one does that is not known to be harmless. */
export function isAdministratorRole(roleTemplateId: string): boolean {
  return !ordinaryRoles.has(roleTemplateId.toLowerCase());
}
