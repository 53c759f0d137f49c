import { type Clock, createBoundedCache, type ResetRequestId, type Secret, useCaseTunables } from '../base/index.ts';
import type { MethodKind } from './ports/graph-facts.ts';
import { isAskedAmongOthers, type ResetRequest } from './request.ts';

/**
 * What Microsoft Graph tells of a person that only their technician may read, and only while they decide. It stands in no
 * row and in no trail.
 */
export type PrivateFacts = {
  /** The last change or reset of the password, in milliseconds since 1970 in UTC. */
  readonly lastPasswordChange: number | undefined;
  /** The kinds of methods that are registered; undefined where they could not be read. */
  readonly methods: readonly MethodKind[] | undefined;
  /** The numbers on file, in full; undefined where they could not be read. */
  readonly numbers: readonly Secret[] | undefined;
};

/** Keeps the private facts of requests that wait to be confirmed, in memory only. Another instance does not have them. */
export type PrivateFactsMemory = {
  /** `until`: when the request can be confirmed no more, in milliseconds since 1970 in UTC. */
  keep(id: ResetRequestId, facts: PrivateFacts, until: number): void;
  of(id: ResetRequestId): PrivateFacts | undefined;
  /** The request is decided, so no one needs them any more. */
  forget(id: ResetRequestId): void;
  /** Forgets those whose time is over. */
  forgetEnded(): void;
};

/** Creates the memory. The oldest facts go first where there are more than `useCaseTunables.maxPrivateFacts`. */
export function createPrivateFactsMemory({ now }: Pick<Clock, 'now'>): PrivateFactsMemory {
  const kept = createBoundedCache<ResetRequestId, { readonly facts: PrivateFacts; readonly until: number }>(
    useCaseTunables.maxPrivateFacts,
  );
  return {
    keep(id, facts, until) {
      kept.set(id, { facts, until });
    },
    of(id) {
      const known = kept.peek(id);
      return known !== undefined && known.until > now() ? known.facts : undefined;
    },
    forget(id) {
      kept.delete(id);
    },
    forgetEnded() {
      for (const [id, { until }] of kept.entries()) if (until <= now()) kept.delete(id);
    },
  };
}

/** Whether something about the user is told to the requester alone, because others read the chat. */
export function hasPrivateDetails(
  request: Pick<ResetRequest, 'askedIn' | 'resetBefore' | 'target' | 'ticketFacts'>,
  told: PrivateFacts | undefined,
): boolean {
  const { resetBefore, target, ticketFacts } = request;
  const { roles } = target.user;
  const isWorthTelling =
    resetBefore !== undefined || roles === 'unknown' || roles.length > 0 || ticketFacts?.kind === 'found';
  return isAskedAmongOthers(request) && (isWorthTelling || told !== undefined);
}
