import type { CustomerId, ObjectId, ResetRequestId, TenantId, UserId } from '../../ids.ts';
import type { AuditEntry, Step } from '../audit-entry.ts';
import type { Freeze } from '../freezing/freeze.ts';
import type { ReachedLimit } from '../policy/limit.ts';
import type { ResetRequest } from '../reset-request.ts';

/** Whose requests are asked for. */
export type HistoryOf = 'everybody' | { readonly technician: ObjectId; readonly tenant: TenantId };

/** Where requests live. Every method is one transaction; a failure of the database is a `StoreError`. */
export type ResetStore = {
  /**
   * Adds a request at version 1 with its entry. Open proposals of the same technician for the same user are expired in
   * the same transaction, their cards owed and due at once. `already-there`: the same activity asked before.
   */
  add(request: ResetRequest, entry: AuditEntry): Promise<'added' | 'already-there'>;
  find(id: ResetRequestId): Promise<ResetRequest | undefined>;
  /**
   * Swaps `before` for `step.after` and writes its entry, both or neither. `stale`: somebody else moved it since it was
   * read. `user-busy`: another request for this user is between approval and delivery. `over-limit`: as many requests as
   * one of the step's limits allows are confirmed already; no two confirmations are ever counted at the same time.
   * `frozen`: the step leads to an approval or a sealed password, and a freeze is in force; none comes into force meanwhile.
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
  /** The request for this user that is between approval and delivery. */
  underWay(customer: CustomerId, user: UserId): Promise<ResetRequest | undefined>;
  /** Requests of this person that are not over yet, the latest first, at most 200. */
  unfinished(technician: ObjectId, tenant: TenantId): Promise<readonly ResetRequest[]>;
  /** Requests of everybody whose password waits to be delivered or cannot be read, the oldest first. */
  waiting(): Promise<readonly ResetRequest[]>;
  /** Requests of this person whose password waits to be delivered, the oldest first. */
  undelivered(technician: ObjectId, tenant: TenantId): Promise<readonly ResetRequest[]>;
  /**
   * The customer of the latest request of this person in this chat that was confirmed at `since` or later and got past
   * it: none that was refused, declined or cancelled.
   */
  lastCustomer(
    technician: ObjectId,
    tenant: TenantId,
    conversation: string,
    since: number,
  ): Promise<CustomerId | undefined>;
  /** The latest request for this user, confirmed at `since` or later, that set a password or may have. */
  lastReset(customer: CustomerId, user: UserId, since: number): Promise<ResetRequest | undefined>;
  /** The latest requests of one person or of everybody, by when they were proposed, the latest first. */
  history(whose: HistoryOf, atMost: number): Promise<readonly ResetRequest[]>;
  /** Writes an entry of something that belongs to no request, or changes none. */
  record(entry: AuditEntry, about: ResetRequestId | undefined): Promise<void>;
};
