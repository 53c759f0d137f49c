import type { Technician } from '../reset/identity.ts';
import type { ResetRequest } from '../reset/request.ts';
import type { AuditEntry } from '../reset/step.ts';
import type { AuditAbout, AuditPerson } from './audit-about.ts';

/** What an entry is about: the actor, and of a request or a question its people, its proof and its last try. */
export function describeAbout(
  entry: AuditEntry,
  about:
    | (Pick<ResetRequest, 'technician'> & Partial<Pick<ResetRequest, 'target' | 'proof' | 'approval' | 'tries'>>)
    | undefined,
): AuditAbout {
  const requester = about?.technician;
  const approver = about?.approval?.decision?.by;
  const actor = entry.person ?? [requester, approver].find((person) => person?.objectId === entry.actor);
  const lastTry = about?.tries?.at(-1);
  const { customer, user } = about?.target ?? {};
  return {
    actor: actor && describePerson(actor),
    requester: requester && describePerson(requester),
    approver: approver && describePerson(approver),
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
    lastTry: lastTry && {
      number: lastTry.number,
      outcome: lastTry.outcome,
      httpStatus: lastTry.httpStatus,
      partnerCode: lastTry.partnerCode,
    },
  };
}

function describePerson({ objectId, tenantId, name, userPrincipalName }: Technician): AuditPerson {
  return { id: objectId, tenantId, name, userPrincipalName };
}
