import type { CustomerId, ObjectId, QuestionId, Secret, TenantId } from '../../base/index.ts';
import type { AuditEntry } from '../audit-entry.ts';
import type { Conversation, Technician } from '../identity.ts';
import type { OpenQuestion } from '../questions/question.ts';
import type { ReadableFact } from '../refusal.ts';
import type { ResetRequest, SealedPassword } from '../request.ts';
import type { Step } from '../step.ts';
import type { Customer } from '../target.ts';
import type { QueuedNote } from '../tickets/ticket-notes.ts';

/** Where questions with choices live until they are answered. Every method is one transaction. */
export type QuestionStore = {
  /** Adds a question at version 1 with its entry. `already-there`: the same activity was asked back before. */
  add(question: OpenQuestion, entry: AuditEntry): Promise<'added' | 'already-there'>;
  find(id: QuestionId): Promise<OpenQuestion | undefined>;
  /**
   * Replaces `before` by `after` and writes the audit entry, both or neither. False if the question has changed since it was read.
   */
  swap(before: OpenQuestion, after: OpenQuestion, entry: AuditEntry): Promise<boolean>;
  /** Questions of this person that are open, the latest first, at most 20. */
  openOf(technician: ObjectId, tenant: TenantId): Promise<readonly OpenQuestion[]>;
  /** Questions of this person in this chat that are not over, or ended at `since` or later, the latest asked first. */
  recentOf(
    whose: { readonly technician: ObjectId; readonly tenant: TenantId; readonly conversation: string },
    since: number,
  ): Promise<readonly OpenQuestion[]>;
  /** Questions that are due at `now`, the longest due first. */
  due(now: number, atMost: number): Promise<readonly OpenQuestion[]>;
  /**
   * Deletes at most so many questions that ended before `before` and whose card shows it, with an audit entry each, written at
   * `now`. Returns how many.
   */
  deleteEnded(before: number, atMost: number, now: number): Promise<number>;
};

/** Where notes wait for the ticket system. A note comes there in the transaction of the step that owes it. */
export type NoteStore = {
  /** Notes that are due at `now` and that no instance works on: the oldest of each ticket alone, so that they stay in order. */
  due(now: number, atMost: number): Promise<readonly QueuedNote[]>;
  /**
   * Replaces `before` by `after`, or removes it, and writes the audit entry, both or neither. False if the note has changed since it
   * was read.
   */
  swap(before: QueuedNote, after: QueuedNote | undefined, entry: AuditEntry): Promise<boolean>;
  summary(): Promise<NotesSummary>;
  /** Deletes at most so many notes that were given up and are of before `before`, with an audit entry each. Returns how many. */
  removeGivenUp(before: number, atMost: number, entry: AuditEntry): Promise<number>;
  /** Notes of `since` and later that the ticket system has not taken, the latest first, at most so many. */
  outstanding(since: number, atMost: number): Promise<readonly QueuedNote[]>;
};

/** How many notes wait, since when the oldest does, and how many were given up. */
export type NotesSummary = {
  readonly waiting: number;
  /** Milliseconds since 1970 in UTC. */
  readonly oldestSince: number | undefined;
  readonly givenUp: number;
};

/** While it is in force no reset begins for its customer, or for any customer where none is named. */
export type Freeze = {
  /** Undefined: everything is frozen. */
  readonly customer: Customer | undefined;
  readonly by: Technician;
  /** Milliseconds since 1970 in UTC. */
  readonly at: number;
};

/** A freeze that came into force or was lifted, as the trail has it. */
export type PastFreeze = {
  readonly kind: 'frozen' | 'thawed';
  /** Undefined: everything. `domain` is empty where the trail does not have it. */
  readonly customer: { readonly id: CustomerId; readonly domain: string } | undefined;
  readonly by: { readonly objectId: ObjectId; readonly name: string };
  readonly at: number;
};

/** Where freezes live. Every method is one transaction; a failure of the database is a `StoreError`. */
export type FreezeStore = {
  /**
   * Puts a freeze in force with its audit entry. In the same transaction it makes the step `end` of every request that it concerns
   * and whose password is not sealed yet. `already`: the same freeze was in force before; requests end all the same.
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
  /** Lifts this freeze with its audit entry. False if it was lifted before. */
  lift(freeze: Freeze, entry: AuditEntry): Promise<boolean>;
  /** Every freeze in force, the oldest first. */
  inForce(): Promise<readonly Freeze[]>;
  /** What was frozen and thawed, the latest first, at most so many. It is for people to read; a record that cannot be read is left out. */
  recorded(): Promise<readonly PastFreeze[]>;
};

/**
 * Which facts that protect accounts Microsoft Graph has told at a customer, for good: where one cannot be read any more, nothing is
 * reset. Every method rejects with a `StoreError` where the database fails.
 */
export type ReadableFacts = {
  /** Those that were told at this customer. One whose row somebody changed or removed counts as told. */
  of(customer: CustomerId): Promise<readonly ReadableFact[]>;
  /** Keeps those that were told for the first time, each with an audit entry. Nothing is written for those that are kept. */
  keep(customer: CustomerId, facts: readonly ReadableFact[], at: number): Promise<void>;
  /** An operator ends the protection of this customer, with an audit entry for each fact. Returns those that were kept. */
  forget(customer: CustomerId, at: number): Promise<readonly ReadableFact[]>;
};

/** A person who has written to the bot, so the bot can write to them. */
export type Contact = {
  readonly person: Technician;
  /** Where they last wrote: from there a direct message is opened. */
  readonly wroteIn: Conversation;
  /** Milliseconds since 1970 in UTC. */
  readonly seenAt: number;
};

/** Where contacts live. Every method is one transaction. */
export type ContactStore = {
  find(person: ObjectId, tenant: TenantId): Promise<Contact | undefined>;
  /**
   * The tenants in which this object id has written, the longest silent first. Before them come those that the trail knows and
   * whose row somebody has changed or removed.
   */
  tenantsOf(person: ObjectId): Promise<readonly TenantId[]>;
  /** Stores a contact with an audit entry, in place of an earlier one of the same person. */
  keep(contact: Contact): Promise<void>;
  /** Removes at most so many contacts that have not written since `before`, each with this entry. Returns how many. */
  removeSilent(before: number, atMost: number, entry: AuditEntry): Promise<number>;
  /** Holds every contact against the trail. One that was changed, rolled back or removed is reported. Returns how many were. */
  verify(): Promise<number>;
  /** The contacts of one tenant, the latest first. With `after`, the page behind that contact. */
  latest(tenant: TenantId, atMost: number, after?: Contact): Promise<readonly Contact[]>;
};

/** What came of opening something sealed. */
export type Opened =
  | { readonly kind: 'opened'; readonly secret: Secret }
  /** It was sealed with a key that is not here: another instance may have it. */
  | { readonly kind: 'key-missing' }
  /** Its key is here and does not open it: it was altered, or made for something else. */
  | { readonly kind: 'broken' };

/**
 * Seals passwords at rest. `binding` ties a sealed password to its request: with another binding it does not open.
 */
export type Sealer = {
  seal(password: Secret, binding: string): SealedPassword;
  open(sealed: SealedPassword, binding: string): Opened;
  /** Whether the key that it was sealed with is here. Opens nothing. */
  hasKeyOf(sealed: SealedPassword): boolean;
};

/** The sealed sign-in as it stands. `version` grows with every change of it. */
export type KeptTokens = { readonly version: number; readonly sealed: SealedPassword };

/**
 * Where the one sign-in to Partner Center is stored, sealed. Every method is one atomic step. A failure of the database is a
 * `StoreError`. A lease says which instance renews the sign-in, so that several instances ask Microsoft Entra once.
 */
export type TokenStore = {
  read(): Promise<KeptTokens | undefined>;
  /**
   * Takes the lease. False if the sign-in has changed since that version, or another instance holds the lease at `now`.
   */
  lease(
    version: number,
    lease: { readonly owner: string; readonly now: number; readonly until: number },
  ): Promise<boolean>;
  /** Gives a lease back without a change. */
  release(owner: string): Promise<void>;
  /**
   * Replaces that version and releases the lease. False if the sign-in has changed meanwhile, or another instance has the lease.
   */
  renew(version: number, owner: string, sealed: SealedPassword): Promise<boolean>;
  /** Replaces the stored sign-in by a new one, whether or not it is leased. */
  put(sealed: SealedPassword): Promise<void>;
};
