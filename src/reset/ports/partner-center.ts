import type { CorrelationId, CustomerId, OperationId, Secret, UserId } from '../../base/index.ts';
import type { PrivateFacts } from '../private-facts.ts';
import type { PartnerTrouble, ProtectingFact } from '../refusal.ts';
import type { Customer, CustomerInferred, CustomerUser, DeletedUser, Target } from '../target.ts';

/** What was typed, and what is known besides. */
export type AskedPerson = {
  /** A cleaned sentence, or what was typed of a person's name alone. */
  readonly text: string;
  /** The customer, where it was chosen already. */
  readonly customer?: Customer | undefined;
  /** The text answers a question, so a name alone is enough. */
  readonly isAnswer?: boolean | undefined;
};

/** Why a sentence asks for no reset that the bot does. */
export type NotAReset =
  | 'negated'
  | 'question'
  | 'several-users'
  | 'other-factor'
  | 'unlock'
  | 'own-password'
  | 'missing-user'
  | 'not-understood';

/** What a sentence says besides names, for the card. */
export type SaidFacts = {
  /** The number of the one ticket that it names. */
  readonly ticket?: string | undefined;
  /** How the caller was verified: one of the policy's methods, word for word. */
  readonly verification?: string | undefined;
};

/** Finds people at Partner Center. It is made by `createDirectory` of directory/directory.ts. */
export type Directory = {
  /** What was typed → exactly one person, or what to ask back. It never guesses. */
  find(asked: AskedPerson, correlationId: CorrelationId, options: FindOptions): Promise<Finding>;
  /** Reads one user and their roles afresh, past every cache. */
  lookUp(customer: Customer, user: UserId, correlationId: CorrelationId): Promise<UserLookUp>;
};

/** The customers for which a person may reset. */
export type Reach = {
  /** Whether it is every customer of the partner. */
  readonly isEverything: boolean;
  permits(customer: CustomerId): boolean;
};

/** For whom customers are searched: no other customer is read, compared with what was typed, or suggested. */
export type SearchScope = {
  readonly reach: Reach;
  /** Told of a customer that was named exactly and is out of reach. The trail holds it; the person hears nothing of it. */
  readonly onForeign?: ((customer: CustomerId) => void) | undefined;
};

/** Within what is searched, and what may help besides what was typed. */
export type FindOptions = SearchScope & {
  /** The policy's methods to verify a caller. Words that only one of them has are taken over as a fact. */
  readonly methods?: readonly string[] | undefined;
  /** The customer to take where none was typed, not even wrongly; `customerInferred` then says so. */
  readonly inferredCustomer?: CustomerId | undefined;
  /** Called after each page of users that was read. `total` is known only where Partner Center reports it. */
  readonly progress?: ((read: number, total: number | undefined) => void) | undefined;
};

/**
 * What the directory found. `choices` are all exact matches. `near` are the six most similar ones at most, best first. `more` is
 * the number of others that are as similar.
 */
export type Finding =
  | (PersonFinding & { readonly facts?: SaidFacts | undefined })
  /** The sentence asks for no reset; nothing was looked up that it did not need. `customer`: the one where the person is missing. */
  | { readonly kind: 'not-a-reset'; readonly why: NotAReset; readonly customer?: Customer | undefined }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble };

/** Whom a sentence means, or what to ask back. */
export type PersonFinding =
  | { readonly kind: 'found'; readonly target: Target; readonly customerInferred: CustomerInferred }
  /** `typed`: the user as typed. */
  | { readonly kind: 'customer-missing'; readonly typed: string; readonly people: readonly string[] }
  | {
      readonly kind: 'no-customer';
      readonly typed: string;
      readonly near: readonly Customer[];
      readonly more: number;
      readonly people: readonly string[];
    }
  /** No known customer has this domain. `elsewhere`: it belongs to an organisation that is not a customer. */
  | {
      readonly kind: 'unknown-domain';
      readonly typed: string;
      readonly elsewhere: boolean;
      readonly near: readonly Customer[];
      readonly more: number;
      readonly people: readonly string[];
    }
  | {
      readonly kind: 'which-customer';
      readonly typed: string;
      readonly choices: readonly Customer[];
      readonly people: readonly string[];
    }
  | {
      readonly kind: 'no-user';
      readonly typed: string;
      readonly customer: Customer;
      readonly customerInferred: CustomerInferred;
      readonly near: readonly CustomerUser[];
      readonly more: number;
      /**
       * Those of this name, address or id who were deleted, or near to it where no one living is; `unknown` where that could not be
       * read.
       */
      readonly deleted?: readonly DeletedUser[] | 'unknown' | undefined;
    }
  | {
      readonly kind: 'which-user';
      readonly typed: string;
      readonly choices: readonly Target[];
      readonly customerInferred: CustomerInferred;
    };

export type UserLookUp =
  | {
      readonly kind: 'found';
      readonly user: CustomerUser;
      /** What Microsoft Graph told at the same moment; missing where it was not asked. `user` has what is to be weighed. */
      readonly told?: PrivateFacts | undefined;
      /** The facts that Graph was to tell and did not, or not in full, with a code of its room; missing where it was not asked. */
      readonly unread?: readonly UnreadFact[] | undefined;
    }
  /** `deleted`: the account as it stands among the deleted ones, where it does. */
  | { readonly kind: 'gone'; readonly deleted?: DeletedUser | undefined }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble };

/** A fact that protects accounts, and why it could not be read. */
export type UnreadFact = {
  readonly fact: ProtectingFact;
  readonly code: string;
  readonly httpStatus?: number | undefined;
};

/** Finds a customer at Partner Center: what was typed → exactly one, or what to ask back. It never guesses. */
export type FindCustomer = (
  typed: string,
  correlationId: CorrelationId,
  scope: SearchScope,
) => Promise<CustomerFinding>;

/** `near`: no customer has this name, and these have a similar one. */
export type CustomerFinding =
  | { readonly kind: 'customer'; readonly customer: Customer }
  | { readonly kind: 'several' | 'near'; readonly customers: readonly Customer[] }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble };

/**
 * Sets a password at Partner Center. One call is one attempt. The caller repeats it. It is made by `createPasswordSetting`
 * of directory/set-password.ts.
 */
export type PasswordSetting = (
  operation: {
    readonly customer: CustomerId;
    readonly user: UserId;
    readonly operationId: OperationId;
    readonly correlationId: CorrelationId;
  },
  password: Secret,
  signal: AbortSignal,
) => Promise<PasswordSettingOutcome>;

/** What one attempt did. `unknown`: the password may be in force, or may still come into force. */
export type PasswordSettingOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly trouble: PartnerTrouble }
  | {
      readonly kind: 'not-tried';
      readonly trouble: PartnerTrouble;
      readonly retryAfterMilliseconds: number | undefined;
    }
  | {
      readonly kind: 'unknown';
      readonly trouble: PartnerTrouble;
      /** Set where every further attempt would end in the same way, as after a redirect, which is never followed. */
      readonly repetition?: 'useless' | undefined;
    };
