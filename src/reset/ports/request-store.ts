import type { CustomerId, ObjectId, ResetRequestId, TenantId, UserId } from '../../base/index.ts';
import type { AuditEntry } from '../audit-entry.ts';
import type { ReachedLimit } from '../policy/policy.ts';
import type { ResetRequest } from '../request.ts';
import type { ResetState } from '../states.ts';
import type { Step } from '../step.ts';
import type { Freeze } from './stores.ts';

/** Whose requests are asked for. */
export type HistoryOf = 'everybody' | { readonly technician: ObjectId; readonly tenant: TenantId };

/** Where requests live. Every method is one transaction; a failure of the database is a `StoreError`. */
export type ResetStore = {
  /**
   * Adds a request at version 1 with its audit entry. In the same transaction, open proposals of the same technician for the
   * same user expire, and their cards become due. `already-there`: this activity has created a request before.
   */
  add(request: ResetRequest, entry: AuditEntry): Promise<'added' | 'already-there'>;
  find(id: ResetRequestId): Promise<ResetRequest | undefined>;
  /**
   * Replaces `before` by `step.after` and writes the audit entry, both or neither.
   *
   * `stale`: the row has changed since it was read. `user-busy`: another request for this user is under way, by its row or
   * by the trail. `over-limit`: a limit
   * of the step is reached; confirmations are counted one at a time. `frozen`: `freezeForbids` the step, and a freeze is in force.
   * No freeze comes into force during the transaction.
   */
  swap(
    before: ResetRequest,
    step: Step,
  ): Promise<
    | { kind: 'swapped'; request: ResetRequest }
    | { kind: 'stale' }
    | { kind: 'user-busy' }
    | ({ kind: 'over-limit' } & ReachedLimit)
    | { kind: 'frozen'; freeze: Freeze }
  >;
  /** Requests that are due at `now`, the longest due first. */
  due(now: number, atMost: number): Promise<readonly ResetRequest[]>;
  /** The request for this user that is between approval and delivery, if its row is as Locksmith wrote it last. */
  underWay(customer: CustomerId, user: UserId): Promise<ResetRequest | undefined>;
  /** Requests for this user whose password is shown or can be, the latest first. */
  shown(customer: CustomerId, user: UserId): Promise<readonly ResetRequest[]>;
  /** Requests of this person that are not over yet, the latest first, at most 200. */
  unfinished(technician: ObjectId, tenant: TenantId): Promise<readonly ResetRequest[]>;
  /** Requests of everybody whose password waits to be delivered or cannot be read, the oldest first. */
  waiting(): Promise<readonly ResetRequest[]>;
  /** Requests of this person whose password waits to be delivered, the oldest first. */
  undelivered(technician: ObjectId, tenant: TenantId): Promise<readonly ResetRequest[]>;
  /**
   * The customer of the latest request of this person in this chat that was confirmed at `since` or later. Requests that were
   * refused, declined or cancelled do not count.
   */
  lastCustomer(
    technician: ObjectId,
    tenant: TenantId,
    conversation: string,
    since: number,
  ): Promise<CustomerId | undefined>;
  /** The latest request for this user, confirmed at `since` or later, that set a password or may have. */
  lastReset(customer: CustomerId, user: UserId, since: number): Promise<ResetRequest | undefined>;
  /** The latest requests of one person or of everybody, by the time they were proposed, the latest first. */
  history(whose: HistoryOf, atMost: number): Promise<readonly ResetRequest[]>;
  /**
   * Removes at most so many requests that were over before `before` and owe no one anything, each with this audit entry. Returns
   * how many.
   */
  removeEnded(before: number, atMost: number, entry: AuditEntry): Promise<number>;
  /** The references of these requests by which people name them. */
  references(requests: readonly ResetRequestId[]): Promise<ReadonlyMap<ResetRequestId, string>>;
  /** Writes an audit entry that changes no request. */
  record(entry: AuditEntry, about: ResetRequestId | undefined): Promise<void>;
};

/** How much was confirmed and is not done yet. Instants are milliseconds since 1970 in UTC, by the store's clock. */
export type OpenWork = {
  readonly states: readonly { readonly state: ResetState; readonly count: number }[];
  /** When the oldest request that waits for Locksmith was confirmed, or approved by a second person. */
  readonly oldestSince: number | undefined;
  /** When the oldest of what waits for a second person was confirmed. */
  readonly oldestAwaitingApproval: number | undefined;
  /** How many passwords should be hidden by now and are not. */
  readonly overdue: number;
};
