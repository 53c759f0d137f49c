import type { Secret } from '../../../secret.ts';
import type { PretendUser } from '../data/pretend-user.ts';
import type { Quirks } from '../http/quirks.ts';
import type { JsonObject } from '../http/json.ts';

/**
 * A user as Partner Center writes one. After a reset `password` is repeated in clear text, with
 * `forceChangePassword: false` whatever was sent, as documented.
 * https://learn.microsoft.com/partner-center/developer/reset-user-password-for-a-customer
 */
export function writeUser(customerId: string, user: PretendUser, quirks: Quirks, password?: Secret): JsonObject {
  const { firstName, lastName, lastDirectorySyncTime, softDeletionTime } = user;
  const orLeftOut = (value: string | null): string | null | undefined =>
    value === null && quirks.omitsNull ? undefined : value;
  return {
    usageLocation: user.usageLocation,
    id: user.id,
    userPrincipalName: user.userPrincipalName,
    firstName: orLeftOut(firstName),
    lastName: orLeftOut(lastName),
    displayName: user.displayName,
    passwordProfile: password?.reveal((text) => ({ forceChangePassword: false, password: text })),
    lastDirectorySyncTime: orLeftOut(lastDirectorySyncTime),
    userDomainType: user.userDomainType,
    state: user.state,
    softDeletionTime: orLeftOut(softDeletionTime),
    links: {
      self: {
        uri: `${quirks.versionInLinks ? '/v1' : ''}/customers/${customerId}/users/${user.id}`,
        method: 'GET',
        headers: [],
      },
    },
    attributes: { objectType: 'CustomerUser' },
  };
}
