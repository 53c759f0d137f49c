import type { CorrelationId, CustomerId, OperationId, Secret, UserId } from '../../base/index.ts';
import type { PartnerTrouble } from '../refusal.ts';
import type { Customer, CustomerInferred, CustomerUser, Target } from '../target.ts';

/** What was typed of a user and, perhaps, a customer. */
export type Reading = { readonly user: string; readonly customer: string | undefined };

/** Finds people at Partner Center. */
export type Directory = {
  /** What was typed → exactly one person, or what to ask back. It never guesses. */
  find(readings: readonly Reading[], correlationId: CorrelationId, options?: FindOptions): Promise<Finding>;
  /** Reads one user and their roles afresh, past every cache. */
  lookUp(customer: Customer, user: UserId, correlationId: CorrelationId): Promise<UserLookUp>;
};

/** What may help a search besides what was typed. */
export type FindOptions = {
  /** The customer to take where none was typed, not even wrongly; `customerInferred` then says so. */
  readonly inferredCustomer?: CustomerId | undefined;
  /** Words of the sentence that are in no reading: where a customer is called so, `inferredCustomer` is not taken. */
  readonly passedOver?: readonly string[] | undefined;
  /** Called after each page of users that was read. `total` is known only where Partner Center reports it. */
  readonly progress?: ((read: number, total: number | undefined) => void) | undefined;
};

/**
 * What the directory found. `choices` are all exact matches. `near` are the six most similar ones at most, best first. `more` is
 * the number of others that are as similar.
 */
export type Finding =
  | { readonly kind: 'found'; readonly target: Target; readonly customerInferred: CustomerInferred }
  /** `typed`: the user as typed. */
  | { readonly kind: 'customer-missing'; readonly typed: string }
  | { readonly kind: 'no-customer'; readonly typed: string; readonly near: readonly Customer[]; readonly more: number }
  /** No known customer has this domain. `elsewhere`: it belongs to an organisation that is not a customer. */
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

export type UserLookUp =
  | { readonly kind: 'found'; readonly user: CustomerUser }
  | { readonly kind: 'gone' }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble };

/** Finds a customer at Partner Center: what was typed → exactly one, or what to ask back. It never guesses. */
export type FindCustomer = (typed: string, correlationId: CorrelationId) => Promise<CustomerFinding>;

/** `near`: no customer has this name, and these have a similar one. */
export type CustomerFinding =
  | { readonly kind: 'customer'; readonly customer: Customer }
  | { readonly kind: 'several' | 'near'; readonly customers: readonly Customer[] }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble };

/** Sets a password at Partner Center. One call is one attempt. The caller repeats it. */
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
  | { readonly kind: 'unknown'; readonly trouble: PartnerTrouble };
