import type { AuditEntry, Step } from '../audit-entry.ts';
import type { Freeze } from '../freezing/freeze.ts';
import type { ResetRequest } from '../reset-request.ts';

/** Where freezes live. Every method is one transaction; a failure of the database is a `StoreError`. */
export type FreezeStore = {
  /**
   * Puts a freeze in force with its entry, and makes the step `end` of every request it concerns whose password is not
   * sealed yet: all of it or nothing. `already`: that customer, or everything, is frozen since before; requests are ended
   * all the same.
   */
  add(
    freeze: Freeze,
    entry: AuditEntry,
    end: (request: ResetRequest, inForce: Freeze) => Step,
  ): Promise<{
    readonly kind: 'frozen' | 'already';
    readonly inForce: Freeze;
    readonly ended: readonly ResetRequest[];
    /** Those it concerns whose password is sealed, and not known to be in force. */
    readonly sealed: readonly ResetRequest[];
  }>;
  /** Lifts this freeze with its entry; false where it was lifted before. */
  lift(freeze: Freeze, entry: AuditEntry): Promise<boolean>;
  /** Every freeze in force, the oldest first. */
  inForce(): Promise<readonly Freeze[]>;
};
