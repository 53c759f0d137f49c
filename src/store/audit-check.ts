/** The setting that says where the chain begins, in a way only the key's owner can. */
export const auditCheck = 'audit-check';
