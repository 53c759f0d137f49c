import {
  type Clock,
  createBoundedCache,
  describeErrorForLog,
  type Log,
  type ObjectId,
  rejectOnAbort,
  teamsTunables,
  type TenantId,
  withTimeLimit,
} from '../../base/index.ts';
import type { Gate } from './admission.ts';

/** The tenants in which an object id has written to the bot, as the store remembers them. */
export type TenantsOf = (person: ObjectId) => Promise<readonly TenantId[]>;

/**
 * The same gate, which admits an object id only with the tenant that it was first seen in. The policy names people by object
 * id alone, so the same id in another tenant would have their rights. Where the store does not answer, no one is admitted.
 */
export function holdToHomeTenant(
  gate: Gate,
  { tenantsOf, clock, log }: { readonly tenantsOf: TenantsOf; readonly clock: Clock; readonly log: Log },
): Gate {
  const homes = createBoundedCache<ObjectId, TenantId>(teamsTunables.maxCachedMembers);
  return {
    async admit(request) {
      const admission = await gate.admit(request);
      if (admission.kind === 'refused' || !('technician' in admission.incoming)) return admission;
      const { technician } = admission.incoming;
      const { objectId, tenantId } = technician;
      try {
        const home = homes.get(objectId) ?? (await findHomeInTime(objectId, tenantId, request.decideBy));
        // Rule 17: an object id is the same person only in the tenant where it was first seen.
        if (home === tenantId) return admission;
        log({ level: 'warn', event: 'not-let-in', rule: 'another-tenant', tenant: tenantId, person: objectId });
        return { kind: 'refused', rule: 'another-tenant', technician };
      } catch (failure) {
        log({ level: 'error', event: 'home-tenant-unknown', ...describeErrorForLog(failure) });
        // Rule 18: while the store does not tell where a person is at home, they are refused.
        return { kind: 'refused', rule: 'store-silent', technician };
      }
    },
  };

  /** Rejects at `decideBy`, or once the store has had its time. */
  function findHomeInTime(
    objectId: ObjectId,
    tenantId: TenantId,
    decideBy = Number.POSITIVE_INFINITY,
  ): Promise<TenantId> {
    const left = Math.max(0, decideBy - clock.now());
    const limit = Math.min(teamsTunables.homeTenantTimeoutMilliseconds, left);
    return withTimeLimit(clock, limit, undefined, (signal) => rejectOnAbort(findHome(objectId, tenantId), signal));
  }

  /** The first of two that come at the same moment counts for this process. */
  async function findHome(objectId: ObjectId, tenantId: TenantId): Promise<TenantId> {
    const seen = await tenantsOf(objectId);
    const home = homes.get(objectId) ?? (seen.includes(tenantId) ? tenantId : (seen[0] ?? tenantId));
    homes.set(objectId, home);
    return home;
  }
}
