import type { Technician } from '../../reset/identity.ts';
import { cleanName } from './clean-name.ts';

/** Names a technician for people to read, with their address where it is known. */
export function nameTechnician({ name, userPrincipalName }: Technician): string {
  return userPrincipalName === undefined ? cleanName(name) : `${cleanName(name)} (${cleanName(userPrincipalName)})`;
}
