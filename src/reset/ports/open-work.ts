import type { ResetState } from '../reset-state.ts';

/** How much was confirmed and is not done yet. Instants are milliseconds since 1970 in UTC, by the store's clock. */
export type OpenWork = {
  readonly states: readonly { readonly state: ResetState; readonly count: number }[];
  /** Since when the oldest of what Locksmith has to do waits: confirmed then, or approved by a second person. */
  readonly oldestSince: number | undefined;
  /** When the oldest of what waits for a second person was confirmed. */
  readonly oldestAwaitingApproval: number | undefined;
  /** How many passwords should be hidden by now and are not. */
  readonly overdue: number;
};
