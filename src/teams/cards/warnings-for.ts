import type { Technician } from '../../reset/identity.ts';
import type { ResetRequest } from '../../reset/request.ts';
import { type CustomerUser, isAdministratorRole } from '../../reset/target.ts';
import { warningTexts } from '../texts/warning-texts.ts';
import { cleanName } from './clean-name.ts';
import { looksDeceptive } from './looks-deceptive.ts';
import { sayTime } from './say-time.ts';

/** Enough to see what kind of account it is. */
const mostRoles = 6;

/** Every fact about this request that would make a careful person stop, as sentences, the gravest first. */
export function warningsFor(
  { target, technician, customerInferred, resetBefore }: ResetRequest,
  reader: 'requester' | 'second-person' = 'requester',
): readonly string[] {
  const { customer, user } = target;
  const facts: readonly [boolean, string][] = [
    [user.state === 'deleted', warningTexts.deleted],
    [user.state === 'unknown', warningTexts.stateUnknown],
    [user.roles === 'unknown', warningTexts.rolesUnknown],
    [user.synchronised, warningTexts.synchronised],
    [user.domainType === 'federated', warningTexts.federated],
    [user.domainType === 'unknown', warningTexts.domainUnknown],
    [customerInferred === 'context', warningTexts.customerInferred[reader]],
    [reader === 'second-person' && isDeceptive(technician), warningTexts.deceptiveRequester],
    [looksDeceptive(user.displayName), warningTexts.deceptiveName],
    [looksDeceptive(user.userPrincipalName), warningTexts.deceptiveAddress],
    [looksDeceptive(customer.name) || looksDeceptive(customer.domain), warningTexts.deceptiveCustomer],
  ];
  const before = resetBefore ? [warningTexts.resetBefore(sayTime(resetBefore.at), cleanName(resetBefore.by))] : [];
  return [
    ...administratorWarning(user),
    ...before,
    ...facts.filter(([holds]) => holds).map(([, sentence]) => sentence),
  ];
}

function isDeceptive({ name, userPrincipalName }: Technician): boolean {
  return looksDeceptive(name) || (userPrincipalName !== undefined && looksDeceptive(userPrincipalName));
}

function administratorWarning({ roles }: CustomerUser): readonly string[] {
  if (roles === 'unknown') return [];
  const names = roles.filter((role) => isAdministratorRole(role.id)).map((role) => cleanName(role.name));
  if (names.length === 0) return [];
  const more = names.length > mostRoles ? [warningTexts.more(names.length - mostRoles)] : [];
  return [warningTexts.administrator([...names.slice(0, mostRoles), ...more].join(', '))];
}
