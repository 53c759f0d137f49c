import type { CustomerUser } from './target.ts';
import type { Technician } from './technician.ts';

/** Whether the user is the person themselves: by object id, by UPN, or by the guest form of either one’s UPN. */
export function isOwnAccount(
  user: Pick<CustomerUser, 'id' | 'userPrincipalName'>,
  person: Pick<Technician, 'objectId' | 'userPrincipalName'>,
): boolean {
  if (user.id.toLowerCase() === person.objectId.toLowerCase()) return true;
  if (person.userPrincipalName === undefined) return false;
  const own = person.userPrincipalName.toLowerCase();
  const theirs = user.userPrincipalName.toLowerCase();
  return homeAddress(theirs) === homeAddress(own);
}

/** `jane_home.example#ext#@host` is jane@home.example: the last underscore stands for the at sign. */
function homeAddress(userPrincipalName: string): string {
  const [guest] = userPrincipalName.split('#ext#');
  if (guest === undefined || guest === userPrincipalName) return userPrincipalName;
  const at = guest.lastIndexOf('_');
  return at === -1 ? guest : `${guest.slice(0, at)}@${guest.slice(at + 1)}`;
}
