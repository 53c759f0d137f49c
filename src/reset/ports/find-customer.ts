import type { CorrelationId } from '../../ids.ts';
import type { PartnerTrouble } from '../partner-trouble.ts';
import type { Customer } from '../people/target.ts';

/** Finds a customer at Partner Center: what was typed → exactly one, or what to ask back. It never guesses. */
export type FindCustomer = (typed: string, correlationId: CorrelationId) => Promise<CustomerFinding>;

/** `near`: nobody is called that, and these nearly are. */
export type CustomerFinding =
  | { readonly kind: 'customer'; readonly customer: Customer }
  | { readonly kind: 'several' | 'near'; readonly customers: readonly Customer[] }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble };
