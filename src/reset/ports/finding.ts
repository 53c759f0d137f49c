import type { PartnerTrouble } from '../partner-trouble.ts';
import type { CustomerInferred } from '../people/customer-inferred.ts';
import type { Customer, CustomerUser, Target } from '../people/target.ts';

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
