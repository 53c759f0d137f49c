import {
  asId,
  type Clock,
  type CorrelationId,
  type QuestionId,
  type Random,
  type ResetRequestId,
  useCaseTunables,
} from '../../base/index.ts';
import type { Conversation, MessageAddress, Technician } from '../identity.ts';
import type { Policy } from '../policy/policy.ts';
import type { Finding, Reading } from '../ports/partner-center.ts';
import type { NotPermitted } from '../refusal.ts';
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

type AskedChoices = { readonly asks: Asks; readonly choices: readonly Choice[] };

/**
 * A question as it begins: open with these choices; or over already where there is nothing to choose from, only what was
 * `typed`. That one is kept so that the same message, delivered twice, is answered once.
 */
export function createQuestion(
  { clock, policy, random }: { readonly clock: Clock; readonly policy: () => Policy; readonly random: Random },
  asking: {
    readonly technician: Technician;
    readonly conversation: Conversation;
    readonly activityId: string;
    readonly readings: readonly Reading[];
    readonly correlationId: CorrelationId;
  },
  asked: AskedChoices | string,
): OpenQuestion {
  const now = clock.now();
  const expiresAt = now + policy().confirmWithinMinutes * 60_000;
  const { technician, conversation, activityId, readings, correlationId } = asking;
  return {
    id: asId<QuestionId>(random.token()),
    version: 1,
    correlationId,
    technician,
    askedIn: conversation,
    askedBy: activityId,
    readings,
    customerChosen: false,
    chosen: undefined,
    becomes: asId<ResetRequestId>(random.token()),
    askedAt: now,
    expiresAt,
    card: undefined,
    cardIsOwed: false,
    putOff: 0,
    worker: undefined,
    ...(typeof asked === 'string' ? closedFields(asked, now) : { ...asked, ...openFields(expiresAt) }),
  };
}

function openFields(expiresAt: number) {
  return { state: 'open', closing: undefined, endedAt: undefined, dueAt: expiresAt } as const;
}

function closedFields(typed: string, now: number) {
  return {
    state: 'closed',
    asks: { kind: 'near-user', typed, more: 0 },
    choices: [],
    closing: { kind: 'said-in-words' },
    endedAt: now,
    dueAt: undefined,
  } as const;
}

/**
 * What can be asked back with choices, the best first, and how many more there are; undefined where a finding leaves
 * nothing to choose from.
 */
export function readChoices(
  finding: Exclude<Finding, { kind: 'found' }>,
  newKey: () => string,
): { readonly asks: Asks; readonly choices: readonly Choice[] } | undefined {
  switch (finding.kind) {
    case 'which-customer':
      return limitChoices('which-customer', finding.typed, finding.choices.map(chooseCustomer));
    case 'no-customer':
      return limitChoices('near-customer', finding.typed, finding.near.map(chooseCustomer), finding.more);
    case 'unknown-domain':
      return limitChoices('near-domain', finding.typed, finding.near.map(chooseCustomer), finding.more);
    case 'which-user':
      return limitChoices('which-user', finding.typed, finding.choices.map(chooseUser));
    case 'no-user': {
      const { customer, near } = finding;
      return limitChoices(
        'near-user',
        finding.typed,
        near.map((user) => chooseUser({ customer, user })),
        finding.more,
      );
    }
    case 'customer-missing':
    case 'trouble':
      return undefined;
  }

  function chooseCustomer(customer: Customer): Choice {
    return { kind: 'customer', key: newKey(), customer };
  }

  function chooseUser(target: Target): Choice {
    return { kind: 'user', key: newKey(), target };
  }
}

function limitChoices(kind: Asks['kind'], typed: string, all: readonly Choice[], uncounted = 0) {
  if (all.length === 0) return undefined;
  const choices = all.slice(0, useCaseTunables.maxChoices);
  return { asks: { kind, typed, more: all.length - choices.length + uncounted }, choices };
}
