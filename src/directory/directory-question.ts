import type { CustomerId } from '../base/index.ts';
import type { AggregatePartner } from '../partner-center/index.ts';
import type { FindOptions } from '../reset/index.ts';
import type { Progress } from './index-cache.ts';

/** One question to the directory. */
export type DirectoryQuestion = {
  /** Carries the correlation id of the question. */
  readonly partner: AggregatePartner;
  /** When it was asked, in milliseconds since 1970. */
  readonly at: number;
  /** Whether "not found" needs a new reading; not while another part of the sentence may mean a user. */
  readonly rechecksNotFound: boolean;
  readonly inferredCustomer: CustomerId | undefined;
  /** The customers that may be searched, read and suggested; undefined: all. */
  readonly reach: FindOptions['reach'] | undefined;
  readonly onForeign: FindOptions['onForeign'];
  readonly progress: Progress | undefined;
};

/** Whether a question may touch this customer. */
export function isWithinReach(id: CustomerId, { reach }: DirectoryQuestion): boolean {
  return reach?.isEverything !== false || reach.permits(id);
}
