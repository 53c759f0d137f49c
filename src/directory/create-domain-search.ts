import type { Clock } from '../clock.ts';
import { asId, type CustomerId } from '../ids.ts';
import { howLongBelieved } from './how-long-believed.ts';
import { isGuid } from './is-guid.ts';

/**
 * The tenant that a domain belongs to, undefined where it is nobody's or that cannot be found out just now. It is only
 * ever given a domain whose syntax was checked.
 */
export type TenantOfDomain = (domain: string) => Promise<string | undefined>;

const mostKept = 10_000;

/** Asks whose a domain is; "nobody's" is kept for some minutes, so that typing it again does not ask again. */
export function createDomainSearch({
  clock,
  tenantOfDomain,
}: {
  readonly clock: Clock;
  readonly tenantOfDomain: TenantOfDomain | undefined;
}): (domain: string) => Promise<CustomerId | undefined> {
  const nobodys = new Map<string, number>();
  return async (domain) => {
    if (tenantOfDomain === undefined || (nobodys.get(domain) ?? 0) > clock.now()) return undefined;
    const tenant = await tenantOfDomain(domain);
    if (tenant !== undefined && isGuid(tenant)) return asId<CustomerId>(tenant.toLowerCase());
    if (nobodys.size >= mostKept) nobodys.clear();
    nobodys.set(domain, clock.now() + howLongBelieved.name);
    return undefined;
  };
}
