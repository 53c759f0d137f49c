import type { NotPermitted } from '../refusal.ts';
import type { CorrelationId, QuestionId, ResetRequestId } from '../../base/index.ts';
import type { Conversation, MessageAddress, Technician } from '../identity.ts';
import type { Reading } from '../ports/partner-center.ts';
import type { Customer, Target } from '../target.ts';

/**
 * A sentence that did not mean exactly one person, asked back with choices. It is no request: one comes of it, or none.
 * Times are milliseconds since 1970 in UTC.
 */
export type OpenQuestion = {
  readonly id: QuestionId;
  /** Grows by one with every step; the store swaps a row only for the version it was read at. */
  readonly version: number;
  /**
   * `chosen`: somebody works on the choice, until `dueAt`; `answered`: the request `becomes` came of it; `closed`: nothing
   * came of it, for the reason in `closing`.
   */
  readonly state: 'open' | 'chosen' | 'answered' | 'closed' | 'cancelled' | 'expired';
  readonly correlationId: CorrelationId;
  /** The only person whose press counts. */
  readonly technician: Technician;
  readonly askedIn: Conversation;
  readonly askedBy: string;
  /** What was typed, in every way to read it. */
  readonly readings: readonly Reading[];
  readonly asks: Asks;
  /** At most six, the best first. */
  readonly choices: readonly Choice[];
  /** Whether the customer was chosen in answer to this question already. */
  readonly customerChosen: boolean;
  readonly chosen: string | undefined;
  /** The id of the request that comes of it, fixed from the start, so that it can come of it once only. */
  readonly becomes: ResetRequestId;
  readonly closing: Closed | undefined;
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly endedAt: number | undefined;
  /** Where its card stands; undefined until that is known. */
  readonly card: MessageAddress | undefined;
  /** Whether the card does not show yet how the question stands. */
  readonly cardIsOwed: boolean;
  /** How often showing it was put off. */
  readonly putOff: number;
  /** Which process works on the choice, until `dueAt`. */
  readonly worker: string | undefined;
  readonly dueAt: number | undefined;
};

/** Why it is asked: several fit, or none does and these are near. `more` fit as well and are not among the choices. */
export type Asks = {
  readonly kind: 'which-customer' | 'near-customer' | 'near-domain' | 'which-user' | 'near-user';
  readonly typed: string;
  readonly more: number;
};

/** What one choice stands for. `key` is random and means nothing outside of this question. */
export type Choice =
  | { readonly kind: 'customer'; readonly key: string; readonly customer: Customer }
  | { readonly kind: 'user'; readonly key: string; readonly target: Target };

/** Why nothing came of a question. `changed`: the person is not called any more what the choice said. */
export type Closed =
  | { readonly kind: 'gone'; readonly target: Target }
  | { readonly kind: 'changed'; readonly target: Target }
  | { readonly kind: 'nobody'; readonly typed: string; readonly customer: Customer }
  | { readonly kind: 'customer-gone'; readonly customer: Customer }
  | { readonly kind: 'answered-elsewhere' }
  /** There was nothing to choose from: it was answered in words at once. */
  | { readonly kind: 'said-in-words' }
  | { readonly kind: NotPermitted };
