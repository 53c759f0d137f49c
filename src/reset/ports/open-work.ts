import type { ResetState } from '../reset-state.ts';

/** How much was confirmed and is not done yet. Instants are milliseconds since 1970 in UTC. */
export type OpenWork = {
  readonly states: readonly { readonly state: ResetState; readonly count: number }[];
  /** When the oldest of them was confirmed; undefined where nothing is open. */
  readonly oldestConfirmedAt: number | undefined;
};
