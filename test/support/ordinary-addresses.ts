import type { PretendPartnerCenter } from '../../src/sandbox/partner-center/index.ts';

/** Addresses of so many users of a customer that may be reset without more ado. */
export function ordinaryAddresses(
  { data }: Pick<PretendPartnerCenter, 'data'>,
  name: string,
  count: number,
): readonly string[] {
  const customer = data.customers.find((one) => one.name === name);
  const users = customer && data.users(customer.id)?.slice('active', undefined, 0, customer.userCount);
  if (customer === undefined || users === undefined) throw new Error(`no customer ${name}`);
  const ordinary = users
    .filter(({ userDomainType, lastDirectorySyncTime, roles, userPrincipalName }) => {
      const isPlain = userDomainType !== 'federated' && lastDirectorySyncTime === null && roles.length === 0;
      return isPlain && /^[a-z.]+@/.test(userPrincipalName);
    })
    .map(({ userPrincipalName }) => userPrincipalName);
  if (ordinary.length < count) throw new Error(`only ${ordinary.length} such users`);
  return ordinary.slice(0, count);
}
