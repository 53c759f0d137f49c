import type { CustomerId, UserId } from '../../ids.ts';

/** A customer of the partner, as Partner Center names it. */
export type Customer = {
  readonly id: CustomerId;
  readonly name: string;
  /** The default domain; two customers may have the same name, never the same domain. */
  readonly domain: string;
};

/** A user of a customer, with the facts that may stop a reset. */
export type CustomerUser = {
  readonly id: UserId;
  readonly displayName: string;
  readonly userPrincipalName: string;
  readonly state: 'active' | 'deleted' | 'unknown';
  readonly domainType: 'managed' | 'federated' | 'none' | 'unknown';
  /** Whether the account is kept in a local directory and only copied to the cloud. */
  readonly synchronised: boolean;
  /** Names of directory roles; `unknown` where they could not be read, which counts as an administrator. */
  readonly roles: readonly DirectoryRole[] | 'unknown';
};

/** A directory role; `id` is Entra's role template id, by which it is judged. */
export type DirectoryRole = { readonly id: string; readonly name: string };

/** Exactly one person: the customer, and the user there. */
export type Target = { readonly customer: Customer; readonly user: CustomerUser };
