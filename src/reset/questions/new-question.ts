import { asId, type CorrelationId, type QuestionId, type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import type { Finding, Reading } from '../ports/partner-center.ts';
import type { Customer, Target } from '../target.ts';
import type { Asks, Choice, OpenQuestion } from './question.ts';

type AskedChoices = { readonly asks: Asks; readonly choices: readonly Choice[] };

/**
 * A question as it begins: open with these choices; or over already where there is nothing to choose from, only what was
 * `typed`. That one is kept so that the same message, delivered twice, is answered once.
 */
export function createQuestion(
  { clock, policy, random }: Pick<Dependencies, 'clock' | 'policy' | 'random'>,
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
