import {
  createBoundedCache,
  describeErrorForLog,
  type Log,
  type ObjectId,
  teamsTunables,
  type TenantId,
} from '../../base/index.ts';
import type { Gate } from './admission.ts';

/** The tenants in which an object id has written to the bot, as the store remembers them. */
export type TenantsOf = (person: ObjectId) => Promise<readonly TenantId[]>;

/**
 * The same gate, which admits an object id only with the tenant that it was first seen in. The policy names people by object
 * id alone, so the same id in another tenant would have their rights. Where the store does not answer, nobody is admitted.
 */
export function holdToHomeTenant(
  gate: Gate,
  { tenantsOf, log }: { readonly tenantsOf: TenantsOf; readonly log: Log },
): Gate {
  const homes = createBoundedCache<ObjectId, TenantId>(teamsTunables.maxCachedMembers);
  return {
    async admit(request) {
      const admission = await gate.admit(request);
      if (admission.kind === 'refused' || !('technician' in admission.incoming)) return admission;
      const { technician } = admission.incoming;
      const { objectId, tenantId } = technician;
      try {
        const home = homes.get(objectId) ?? (await findHome(objectId, tenantId));
        // Rule 17: an object id is the same person only in the tenant where it was first seen.
        if (home === tenantId) return admission;
        log({ level: 'warn', event: 'not-let-in', rule: 'another-tenant', tenant: tenantId, person: objectId });
        return { kind: 'refused', rule: 'another-tenant', technician };
      } catch (failure) {
        log({ level: 'error', event: 'home-tenant-unknown', ...describeErrorForLog(failure) });
        return { kind: 'refused', rule: 'roster-silent', technician };
      }
    },
  };

  /** The first of two that come at the same moment counts for this process. */
  async function findHome(objectId: ObjectId, tenantId: TenantId): Promise<TenantId> {
    const seen = await tenantsOf(objectId);
    const home = homes.get(objectId) ?? (seen.includes(tenantId) ? tenantId : (seen[0] ?? tenantId));
    homes.set(objectId, home);
    return home;
  }
}
