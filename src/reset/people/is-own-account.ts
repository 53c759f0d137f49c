import { homeAddress } from './home-address.ts';
import { idsOfPerson } from './ids-of-person.ts';
import { plainId } from './plain-id.ts';
import type { CustomerUser } from './target.ts';
import type { Technician } from './technician.ts';

/** Whether the user is the person themselves: by any spelling of an id, by UPN, or by the guest form of either one’s UPN. */
export function isOwnAccount(
  user: Pick<CustomerUser, 'id' | 'userPrincipalName'>,
  person: Pick<Technician, 'objectId' | 'teamsUserId' | 'userPrincipalName'>,
): boolean {
  if (idsOfPerson(person).includes(plainId(user.id))) return true;
  if (person.userPrincipalName === undefined) return false;
  return homeAddress(user.userPrincipalName) === homeAddress(person.userPrincipalName);
}
