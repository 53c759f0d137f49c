import type { NotPermitted } from '../refusal.ts';
import type { CorrelationId, QuestionId, ResetRequestId } from '../../base/index.ts';
import type { Conversation, MessageAddress, Technician } from '../identity.ts';
import type { CallerVerification } from '../request.ts';
import type { Customer, DeletedUser, Target } from '../target.ts';

/**
 * A question back, for a sentence that did not mean exactly one person. It offers choices on a card, or asks in words
 * where there is nothing to choose from. At most one request comes of it. Times are milliseconds since 1970 in UTC.
 */
export type OpenQuestion = {
  readonly id: QuestionId;
  /** Grows by one with every step; the store swaps a row only for the version it was read at. */
  readonly version: number;
  /**
   * `chosen`: the instance in `worker` works on the choice until `dueAt`. `answered`: the request `becomes` came of it.
   * `closed`: nothing came of it, for the reason in `closing`.
   */
  readonly state: 'open' | 'chosen' | 'answered' | 'closed' | 'cancelled' | 'expired';
  readonly correlationId: CorrelationId;
  /** The only person whose press counts. */
  readonly technician: Technician;
  readonly askedIn: Conversation;
  readonly askedBy: string;
  /** What was typed of the people who may be meant. */
  readonly readings: readonly Reading[];
  readonly asks: Asks;
  /** At most six, the best first. */
  readonly choices: readonly Choice[];
  /** Whether the customer was chosen in answer to this question already. */
  readonly customerChosen: boolean;
  readonly chosen: string | undefined;
  /** What was typed as an answer, the latest last. Missing where nothing was. */
  readonly typedAnswers?: readonly TypedAnswer[] | undefined;
  /** From what the customer was concluded. Missing where that shows in `readings`. */
  readonly inferredFrom?: 'address' | 'context' | undefined;
  /** Until when the next message may answer. Missing: for `answerValidMilliseconds` after it was asked. */
  readonly typedUntil?: number | undefined;
  /** Ticket and verification as the sentence said them. Missing where it said neither. */
  readonly stated?: CallerVerification | undefined;
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

/** What was typed of a person, and of the customer where one was named. */
export type Reading = { readonly user: string; readonly customer: string | undefined };

/** A message that was taken as an answer: the activity, and what it names. */
export type TypedAnswer = { readonly activityId: string; readonly name: string };

/**
 * Why it is asked: several fit, or none does and these are near. `more` fit as well and are not among the choices. The last
 * three are asked in words and have no card.
 */
export type Asks = {
  readonly kind:
    | 'which-customer'
    | 'near-customer'
    | 'near-domain'
    | 'which-user'
    | 'near-user'
    | 'missing-customer'
    | 'missing-user'
    | 'which-confirmation';
  readonly typed: string;
  readonly more: number;
  /** Where a person is missing, or is offered at another customer: the customer at which there is none. */
  readonly customer?: Customer | undefined;
  /** Where no one fits: those of this very name who were deleted. Missing where there is none. */
  readonly deleted?: readonly DeletedUser[] | undefined;
};

/** Whether a question stands in a sentence of the chat and not on a card. */
export function isAskedInWords({ asks }: Pick<OpenQuestion, 'asks'>): boolean {
  switch (asks.kind) {
    case 'missing-customer':
    case 'missing-user':
    case 'which-confirmation':
      return true;
    case 'which-customer':
    case 'near-customer':
    case 'near-domain':
    case 'which-user':
    case 'near-user':
      return false;
  }
}

/** What one choice stands for. `key` is random and means nothing outside of this question. */
export type Choice =
  | { readonly kind: 'customer'; readonly key: string; readonly customer: Customer }
  | { readonly kind: 'user'; readonly key: string; readonly target: Target };

/** Why nothing came of a question. `deleted` is missing where no one of that name was deleted. `changed`: the person is not called any more what the choice said. */
export type Closed =
  | { readonly kind: 'gone'; readonly target: Target; readonly deleted?: readonly DeletedUser[] | undefined }
  | { readonly kind: 'changed'; readonly target: Target }
  | {
      readonly kind: 'nobody';
      readonly typed: string;
      readonly customer: Customer;
      readonly deleted?: readonly DeletedUser[] | undefined;
    }
  | { readonly kind: 'customer-gone'; readonly customer: Customer }
  | { readonly kind: 'answered-elsewhere' }
  /** There was nothing to choose from: it was answered in words at once. */
  | { readonly kind: 'said-in-words' }
  | { readonly kind: NotPermitted };
