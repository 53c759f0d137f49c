import type { CorrelationId, CustomerId, UserId } from '../../ids.ts';
import type { Customer } from '../people/target.ts';
import type { Finding, LookUp } from './finding.ts';

/** What was typed of a user and, perhaps, a customer. */
export type Reading = { readonly user: string; readonly customer: string | undefined };

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
