import type { PretendCustomer } from '../data/pretend-customer.ts';
import type { PretendUser } from '../data/pretend-user.ts';
import type { Answer } from '../http/answer.ts';
import type { Quirks } from '../http/quirks.ts';
import { refuse } from '../http/refuse.ts';
import { findPasswordProblem } from './find-password-problem.ts';
import type { House } from './house.ts';
import { customerNotFound, userNotFound } from './not-found.ts';
import type { AskedChange } from './read-user-change.ts';
import { mayReset } from './may-reset.ts';
import { writeUser } from './write-user.ts';

/**
 * Carries a change out, a new password included, and answers with the whole user. A deleted user can only be restored.
 * https://learn.microsoft.com/partner-center/developer/reset-user-password-for-a-customer
 */
export function changeUser(
  house: House,
  { customerId, userId }: { readonly customerId: string; readonly userId: string },
  asked: AskedChange,
  quirks: Quirks,
): Answer {
  const customer = house.data.customer(customerId);
  if (customer === undefined) return customerNotFound(customerId);
  const user = house.data.user(customerId, userId);
  if (user === undefined) return userNotFound(userId);
  if (user.state === 'inactive' && asked.fields.state !== 'active') return userNotFound(userId);
  const refusal = refusalOf(house, customer, user, asked);
  if (refusal !== undefined) return refusal;
  const changed = house.data.users(customer.id)?.change(user.id, asked.fields) ?? user;
  if (asked.password !== undefined) house.accounts.setPassword(customer.id, user.id, asked.password);
  else if (asked.forceChangePassword) house.accounts.requireChange(customer.id, user.id);
  return { status: 200, body: { kind: 'json', json: writeUser(customer.id, changed, quirks, asked.password) } };
}

function refusalOf(
  house: House,
  customer: PretendCustomer,
  user: PretendUser,
  { fields, password, forceChangePassword }: AskedChange,
): Answer | undefined {
  const domain = fields.userPrincipalName?.split('@').at(-1)?.toLowerCase();
  if (domain !== undefined && domain !== customer.domain && domain !== customer.federatedDomain) {
    return refuse(400, 3000, 'The domain portion of the userPrincipalName property is invalid.', ['userPrincipalName']);
  }
  if (password === undefined && !forceChangePassword) return undefined;
  if (user.userDomainType === 'federated') {
    return refuse(400, 3000, 'The password of a federated user cannot be set.', ['passwordProfile']);
  }
  if (user.userPrincipalName.includes('#EXT#')) {
    return refuse(400, 3000, 'A guest&#39;s password cannot be set.', ['passwordProfile']);
  }
  if (user.lastDirectorySyncTime !== null && house.synchronisedUsers === 'refuse') {
    const words = 'Unable to update the specified properties for on-premises mastered Directory Sync objects.';
    return refuse(400, 3000, words, ['passwordProfile']);
  }
  if (!mayReset(house.partnerRole, user.roles)) {
    return refuse(403, 900_308, 'Insufficient privileges to complete the operation.');
  }
  if (password === undefined) return undefined;
  const names = [user.userPrincipalName.split('@')[0] ?? '', user.firstName ?? '', user.lastName ?? ''];
  const tenant = [customer.name, customer.domain.split('.')[0] ?? ''];
  if (findPasswordProblem(password, [...names, user.displayName, ...tenant]) === undefined) return undefined;
  const words =
    'The specified password does not comply with your company&#39;s password complexity requirements. ' +
    'Please provide a different password.';
  return refuse(400, 3000, words, ['passwordProfile']);
}
