import type {
  CorrelationId,
  CustomerId,
  ObjectId,
  OperationId,
  QuestionId,
  ResetRequestId,
  TenantId,
  UserId,
} from '../ids.ts';
import type { Secret } from '../secret.ts';
import type { WhereToAsk } from './approval.ts';
import type { AuditEntry, Step } from './audit-entry.ts';
import type { MessageAddress } from './conversation.ts';
import type { CustomerInferred } from './customer-inferred.ts';
import type { Freeze } from './freeze.ts';
import type { ReachedLimit } from './limit.ts';
import type { PartnerTrouble } from './partner-trouble.ts';
import type { OpenQuestion } from './open-question.ts';
import type { DirectMessageProblem } from './refusal.ts';
import type { ResetRequest, SealedPassword } from './reset-request.ts';
import type { Customer, CustomerUser, Target } from './target.ts';

/** What was typed of a user and, perhaps, a customer. */
export type Reading = { readonly user: string; readonly customer: string | undefined };

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

/** Seals passwords at rest. `binding` ties the sealed value to its request: another one does not open it. */
export type Sealer = {
  seal(password: Secret, binding: string): SealedPassword;
  /** Undefined where no key opens it, or it was made for another request. */
  open(sealed: SealedPassword, binding: string): Secret | undefined;
};

/** Finds people at Partner Center. */
export type Directory = {
  /** What was typed → exactly one person, or what to ask back. It never guesses. */
  find(readings: readonly Reading[], correlationId: CorrelationId, options?: FindOptions): Promise<Finding>;
  /** Reads one user and their roles afresh, past every cache. */
  lookUp(customer: Customer, user: UserId, correlationId: CorrelationId): Promise<LookUp>;
};

/** What may help a search besides what was typed. */
export type FindOptions = {
  /** The customer to take where none was typed, not even wrongly; `customerInferred` then says so. */
  readonly inferredCustomer?: CustomerId | undefined;
  /** Words of the sentence that are in no reading: where a customer is called so, `inferredCustomer` is not taken. */
  readonly passedOver?: readonly string[] | undefined;
  /** Told how far the reading of a customer's users is, after each page; `total` where Partner Center says it. */
  readonly progress?: ((read: number, total: number | undefined) => void) | undefined;
};

/**
 * What the directory found. `choices` are all who are exactly what was typed; `near` are at most six, the best first, and
 * `more` is how many others are as near.
 */
export type Finding =
  | { readonly kind: 'found'; readonly target: Target; readonly customerInferred: CustomerInferred }
  /** `typed`: the user as typed. */
  | { readonly kind: 'customer-missing'; readonly typed: string }
  | { readonly kind: 'no-customer'; readonly typed: string; readonly near: readonly Customer[]; readonly more: number }
  /** The domain, of an address or typed as the customer, is nobody's that is known; `elsewhere`: it is a stranger's. */
  | {
      readonly kind: 'unknown-domain';
      readonly typed: string;
      readonly elsewhere: boolean;
      readonly near: readonly Customer[];
      readonly more: number;
    }
  | { readonly kind: 'which-customer'; readonly typed: string; readonly choices: readonly Customer[] }
  | {
      readonly kind: 'no-user';
      readonly typed: string;
      readonly customer: Customer;
      readonly customerInferred: CustomerInferred;
      readonly near: readonly CustomerUser[];
      readonly more: number;
    }
  | { readonly kind: 'which-user'; readonly typed: string; readonly choices: readonly Target[] }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble };

export type LookUp =
  | { readonly kind: 'found'; readonly user: CustomerUser }
  | { readonly kind: 'gone' }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble };

/** Which groups somebody is in. It may fail or hang: whoever asks does so through `createCachedGroups`, which closes then. */
export type Groups = {
  /** Object ids of the groups, nested ones included; `unknown` where nobody can say, which counts as in none. */
  /** `fresh`: what was heard before does not count. */
  memberOf(person: ObjectId, how?: { readonly fresh: boolean }): Promise<ReadonlySet<string> | 'unknown'>;
};

/** Sets a password at Partner Center. One call is one try; it is the caller that tries again. */
export type PasswordSetting = (
  operation: {
    readonly customer: CustomerId;
    readonly user: UserId;
    readonly operationId: OperationId;
    readonly correlationId: CorrelationId;
  },
  password: Secret,
  deadline: AbortSignal,
) => Promise<PasswordSettingOutcome>;

/** What one try did. `unknown`: it may be in force, or may come into force. */
export type PasswordSettingOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly trouble: PartnerTrouble }
  | {
      readonly kind: 'not-tried';
      readonly trouble: PartnerTrouble;
      readonly retryAfterMilliseconds: number | undefined;
    }
  | { readonly kind: 'unknown'; readonly trouble: PartnerTrouble };

/** What is said in chats. Each method shows the request as it stands; none throws for what a chat refuses. */
export type Messages = {
  /** Opens the 1:1 with the requester and posts a neutral placeholder there. */
  openDirectMessage(
    request: ResetRequest,
  ): Promise<
    | { readonly kind: 'open'; readonly address: MessageAddress }
    | { readonly kind: 'closed'; readonly why: DirectMessageProblem }
  >;
  /** Puts what there is to say into the direct message; with the password where one is given. */
  putDirectMessage(request: ResetRequest, password: Secret | undefined): Promise<PutOutcome>;
  /** Says on a placeholder in the 1:1 that nothing will appear in it. */
  retirePlaceholder(request: ResetRequest, placeholder: MessageAddress): Promise<PutOutcome>;
  /** Shows on the card where it was asked what became of the request. */
  putCard(request: ResetRequest): Promise<PutOutcome>;
  /** Puts the card that asks for an approval where it is to stand, opening the 1:1 first where one person is asked. */
  askApproval(request: ResetRequest, where: WhereToAsk): Promise<AskOutcome>;
  /** Shows on one copy of the card that asked for an approval how the request stands. */
  putApproval(request: ResetRequest, card: MessageAddress): Promise<PutOutcome>;
  /** Shows on the card of a question how it stands. */
  putQuestion(question: OpenQuestion): Promise<PutOutcome>;
  /** Says in the chat where it was asked that no second person gave leave, or that it was of no use. */
  sayEndOfWait(request: ResetRequest): Promise<PutOutcome>;
  /** Says in the chat where it was asked that the password waits and cannot be delivered, or never could and is erased. */
  sayUndelivered(request: ResetRequest): Promise<void>;
};

/** `closed`: that chat never takes it. */
export type AskOutcome =
  { readonly kind: 'asked'; readonly card: MessageAddress } | { readonly kind: 'closed' | 'try-again' };

/** `gone`: no such message or chat; `refused`: the person or an administrator does not let the bot write. */
export type PutOutcome = { readonly kind: 'done' | 'gone' | 'refused' | 'try-again' };
