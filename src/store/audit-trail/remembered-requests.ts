import { z } from 'zod';
import { storeTunables } from '../../base/index.ts';
import { isResetState, states } from '../../reset/index.ts';
import type { AuditEventRow } from './audit-chain.ts';

/** A press that has confirmed a request, as the trail holds it. */
export type RememberedConfirmation = {
  readonly request: string;
  readonly customer: string;
  readonly user: string;
  readonly technician: string;
  readonly tenant: string;
  /** Milliseconds since 1970 in UTC. */
  readonly at: number;
};

/**
 * What the records that this process has verified say of requests. Limits and the rule of one request a user ask it besides the
 * rows, so that a row that was changed or removed past Locksmith makes no room.
 */
export type RememberedRequests = {
  /**
   * Takes the next record of the trail. One that does not fit was changed by somebody, who may want room: it can add a confirmation
   * or a request under way, and take none away.
   */
  observe(event: AuditEventRow, how: 'verified' | 'unverified'): void;
  /** Requests for this user that are between confirmation and delivery, by their last record at `since` or later. */
  underWay(user: { readonly customer: string; readonly user: string }, since: number): readonly string[];
  /** What was confirmed after `since`, the latest first. */
  confirmedAfter(since: number): readonly RememberedConfirmation[];
};

const requesterShape = z.object({ requester: z.object({ id: z.string(), tenantId: z.string() }) });

/** Creates the memory of one process, which knows nothing yet. */
export function createRememberedRequests(): RememberedRequests {
  const underWay = new Map<string, Map<string, number>>();
  /** By the id of the request, the earliest first. */
  const confirmed = new Map<string, RememberedConfirmation>();
  return {
    observe(event, how) {
      const { request_id: request, customer_id: customer, user_id: user, state_after: state } = event;
      if (request === null || customer === null || user === null || state === null) return;
      const at = Number(event.at);
      const isUnderWay = isResetState(state) && states[state].phase === 'under-way';
      if (isUnderWay || how === 'verified') noteState(nameUser({ customer, user }), request, isUnderWay, at);
      if (event.kind !== 'confirmed' || (how === 'unverified' && confirmed.has(request))) return;
      noteConfirmation({ request, customer, user, at, about: event.about });
      if (how === 'verified') forgetOlderThan(at - storeTunables.rememberedConfirmationsMilliseconds);
    },
    underWay: (user, since) =>
      [...(underWay.get(nameUser(user)) ?? [])].flatMap(([request, at]) => (at >= since ? [request] : [])),
    confirmedAfter: (since) =>
      [...confirmed.values()].filter(({ at }) => at > since).toSorted((one, other) => other.at - one.at),
  };

  function noteState(user: string, request: string, isUnderWay: boolean, at: number): void {
    const requests = underWay.get(user) ?? new Map<string, number>();
    if (isUnderWay) requests.set(request, at);
    else requests.delete(request);
    if (requests.size > 0) underWay.set(user, requests);
    else underWay.delete(user);
  }

  /** A request is confirmed once. */
  function noteConfirmation({
    about,
    ...of
  }: Omit<RememberedConfirmation, 'technician' | 'tenant'> & Pick<AuditEventRow, 'about'>): void {
    const said = requesterShape.safeParse(JSON.parse(about));
    if (!said.success) return;
    const { id: technician, tenantId: tenant } = said.data.requester;
    confirmed.set(of.request, { ...of, technician, tenant });
  }

  /** What is older than every window of the limits makes no difference. */
  function forgetOlderThan(oldest: number): void {
    for (const [request, { at }] of confirmed) {
      if (at > oldest && confirmed.size <= storeTunables.maxRememberedRows) break;
      confirmed.delete(request);
    }
  }
}

function nameUser({ customer, user }: { readonly customer: string; readonly user: string }): string {
  return JSON.stringify([customer, user]);
}
