import { homeAddress } from './home-address.ts';
import { idsOfPerson } from './ids-of-person.ts';
import type { Technician } from './technician.ts';

type Person = Pick<Technician, 'objectId' | 'teamsUserId' | 'userPrincipalName'>;

/** Whether two who talk to the bot are one person: by any spelling of an id, or by an address or the guest form of one. */
export function isSamePerson(one: Person, other: Person): boolean {
  const ids = idsOfPerson(one);
  if (idsOfPerson(other).some((id) => ids.includes(id))) return true;
  if (one.userPrincipalName === undefined || other.userPrincipalName === undefined) return false;
  return homeAddress(one.userPrincipalName) === homeAddress(other.userPrincipalName);
}
