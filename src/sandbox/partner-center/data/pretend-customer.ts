import type { KnownUser } from './known-user.ts';

/** A customer of the pretend partner. */
export type PretendCustomer = {
  /** Customer id and tenant id: Partner Center has one for both. */
  readonly id: string;
  readonly name: string;
  /** The default domain; two customers may have the same name, never the same domain. */
  readonly domain: string;
  /** A second domain whose passwords live with another identity provider. */
  readonly federatedDomain: string | undefined;
  readonly country: string;
  /** All users, the deleted ones too. */
  readonly userCount: number;
  /** Whether many of its users come from a local directory. */
  readonly isHybrid: boolean;
  /** Users written by hand; they are the first ones. */
  readonly knownUsers: readonly KnownUser[];
  /** What its users are made from. */
  readonly seed: number;
};
