import type { AuditEntry } from '../reset/audit-entry.ts';
import type { ResetRequest } from '../reset/reset-request.ts';
import type { Technician } from '../reset/technician.ts';
import type { AuditAbout, AuditPerson } from './audit-about.ts';

/** Whom an entry is about: the actor, and the requester and the target where it is about a request or a question. */
export function describeAbout(
  entry: AuditEntry,
  about: (Pick<ResetRequest, 'technician'> & Partial<Pick<ResetRequest, 'target' | 'proof'>>) | undefined,
): AuditAbout {
  const requester = about?.technician;
  const actor = entry.person ?? (requester?.objectId === entry.actor ? requester : undefined);
  const { customer, user } = about?.target ?? {};
  return {
    actor: actor && describePerson(actor),
    requester: requester && describePerson(requester),
    target: customer &&
      user && {
        customerName: customer.name,
        customerDomain: customer.domain,
        userName: user.displayName,
        userPrincipalName: user.userPrincipalName,
        roles: user.roles === 'unknown' ? user.roles : user.roles.map(({ id, name }) => ({ id, name })),
      },
    verification: about?.proof?.verification,
    ticket: about?.proof?.ticket,
  };
}

function describePerson({ objectId, tenantId, name, userPrincipalName }: Technician): AuditPerson {
  return { id: objectId, tenantId, name, userPrincipalName };
}
