/** The address somebody has at home: `jane_home.example#ext#@host` is jane@home.example; the last underscore stands for the at sign. */
export function homeAddress(userPrincipalName: string): string {
  const address = userPrincipalName.toLowerCase();
  const [guest] = address.split('#ext#');
  if (guest === undefined || guest === address) return address;
  const at = guest.lastIndexOf('_');
  return at === -1 ? guest : `${guest.slice(0, at)}@${guest.slice(at + 1)}`;
}
