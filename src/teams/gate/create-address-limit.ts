import type { TokenBuckets } from './create-token-buckets.ts';

/** How many requests one address may send that are not authentic. */
export type AddressLimit = {
  /** Whether a request of this address, with this `Authorization`, is looked at any further. */
  take(address: string, authorization: string | undefined): boolean;
  /** What was taken for it does not count: it was authentic. */
  giveBack(address: string): void;
};

/**
 * Rule 1: an address that keeps sending what is not from Bot Framework is cut short before anything is read. Whatever
 * carries a token that Bot Framework signed goes on all the same, because behind a proxy everybody has one address.
 */
export function createAddressLimit(
  buckets: TokenBuckets,
  isSigned: (authorization: string | undefined) => boolean,
): AddressLimit {
  return {
    take: (address, authorization) => buckets.take(address) || isSigned(authorization),
    giveBack: (address) => {
      buckets.giveBack(address);
    },
  };
}
