import type { CustomerId, ObjectId, QuestionId, ResetRequestId, Secret, TenantId, UserId } from '../../base/index.ts';
import type { Conversation, Technician } from '../identity.ts';
import type { ReachedLimit } from '../policy/policy.ts';
import type { OpenQuestion } from '../questions/question.ts';
import type { ResetRequest, SealedPassword } from '../request.ts';
import type { ResetState } from '../states.ts';
import type { AuditEntry, Step } from '../step.ts';
import type { Customer } from '../target.ts';

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

/** How much was confirmed and is not done yet. Instants are milliseconds since 1970 in UTC, by the store's clock. */
export type OpenWork = {
  readonly states: readonly { readonly state: ResetState; readonly count: number }[];
  /** Since when the oldest of what Locksmith has to do waits: confirmed then, or approved by a second person. */
  readonly oldestSince: number | undefined;
  /** When the oldest of what waits for a second person was confirmed. */
  readonly oldestAwaitingApproval: number | undefined;
  /** How many passwords should be hidden by now and are not. */
  readonly overdue: number;
};

/** Where questions with choices live until they are answered. Every method is one transaction. */
export type QuestionStore = {
  /** Adds a question at version 1 with its entry. `already-there`: the same activity was asked back before. */
  add(question: OpenQuestion, entry: AuditEntry): Promise<'added' | 'already-there'>;
  find(id: QuestionId): Promise<OpenQuestion | undefined>;
  /** Swaps `before` for `after`, its next version, and writes the entry, both or neither; false: it was moved meanwhile. */
  swap(before: OpenQuestion, after: OpenQuestion, entry: AuditEntry): Promise<boolean>;
  /** Questions of this person that are open, the latest first, at most 20. */
  openOf(technician: ObjectId, tenant: TenantId): Promise<readonly OpenQuestion[]>;
  /** Questions that are due at `now`, the longest due first. */
  due(now: number, atMost: number): Promise<readonly OpenQuestion[]>;
  /** Deletes questions that ended before `before` and whose card shows it, at most so many; says how many there were. */
  deleteEnded(before: number, atMost: number): Promise<number>;
};

/** While it is in force no reset begins for a customer, or for anybody where no customer is named. */
export type Freeze = {
  /** Undefined: everything is frozen. */
  readonly customer: Customer | undefined;
  readonly by: Technician;
  /** Milliseconds since 1970 in UTC. */
  readonly at: number;
};

/** Where freezes live. Every method is one transaction; a failure of the database is a `StoreError`. */
export type FreezeStore = {
  /**
   * Puts a freeze in force with its entry, and makes the step `end` of every request it concerns whose password is not
   * sealed yet: all of it or nothing. `already`: that customer, or everything, is frozen since before; requests are ended
   * all the same.
   */
  add(
    freeze: Freeze,
    entry: AuditEntry,
    end: (request: ResetRequest, inForce: Freeze) => Step,
  ): Promise<{
    readonly kind: 'frozen' | 'already';
    readonly inForce: Freeze;
    readonly ended: readonly ResetRequest[];
    /** Those it concerns whose password is sealed, and not known to be in force. */
    readonly sealed: readonly ResetRequest[];
  }>;
  /** Lifts this freeze with its entry; false where it was lifted before. */
  lift(freeze: Freeze, entry: AuditEntry): Promise<boolean>;
  /** Every freeze in force, the oldest first. */
  inForce(): Promise<readonly Freeze[]>;
};

/** Somebody who has written to the bot, who therefore can be written to. */
export type Contact = {
  readonly person: Technician;
  /** Where they last wrote: from there a direct message is opened. */
  readonly wroteIn: Conversation;
  /** Milliseconds since 1970 in UTC. */
  readonly seenAt: number;
};

/** Where those live who have written to the bot. Every method is one transaction. */
export type ContactStore = {
  find(person: ObjectId, tenant: TenantId): Promise<Contact | undefined>;
  /** Keeps a contact in place of what was known of the same person. */
  keep(contact: Contact): Promise<void>;
  /** Those of one tenant who wrote last, the latest first; those who come behind `after`, where it is given. */
  latest(tenant: TenantId, atMost: number, after?: Contact): Promise<readonly Contact[]>;
};

/** What came of opening something sealed. */
export type Opened =
  | { readonly kind: 'opened'; readonly secret: Secret }
  /** It was sealed with a key that is not here: another instance may have it. */
  | { readonly kind: 'key-missing' }
  /** Its key is here and does not open it: it was altered, or made for something else. */
  | { readonly kind: 'broken' };

/** Seals passwords at rest. `binding` ties the sealed value to its request: another one does not open it. */
export type Sealer = {
  seal(password: Secret, binding: string): SealedPassword;
  open(sealed: SealedPassword, binding: string): Opened;
  /** Whether the key that it says it was sealed with is here; nothing is opened. */
  hasKeyOf(sealed: SealedPassword): boolean;
};

/** The sealed sign-in as it stands. `version` grows with every change of it. */
export type KeptTokens = { readonly version: number; readonly sealed: SealedPassword };

/**
 * Where the one sign-in to Partner Center is kept, sealed. Every method is one atomic step; a failure of the database
 * is a `StoreError`. A lease says who renews it, so that several instances ask Microsoft Entra once.
 */
export type TokenStore = {
  read(): Promise<KeptTokens | undefined>;
  /** Takes the lease; false where it was changed since that version, or somebody else holds one at `now`. */
  lease(
    version: number,
    lease: { readonly owner: string; readonly now: number; readonly until: number },
  ): Promise<boolean>;
  /** Gives a lease back without a change. */
  release(owner: string): Promise<void>;
  /** Replaces that version and gives the lease back; false where it was changed meanwhile, or the lease is another's now. */
  renew(version: number, owner: string, sealed: SealedPassword): Promise<boolean>;
  /** Replaces whatever is there by a new sign-in, leased or not. */
  put(sealed: SealedPassword): Promise<void>;
};
