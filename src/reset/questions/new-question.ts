import { asId, type CorrelationId, type QuestionId, type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import type { Finding } from '../ports/partner-center.ts';
import type { CallerVerification } from '../request.ts';
import type { AuditEntry } from '../audit-entry.ts';
import type { Customer, DeletedUser, Target } from '../target.ts';
import type { QuestionBack } from './candidates.ts';
import { type Asks, type Choice, isAskedInWords, type OpenQuestion, type Reading } from './question.ts';

export type AskedChoices = { readonly asks: Asks; readonly choices: readonly Choice[] };

/**
 * A question as it begins: open with these choices, or in words; or `over` already, where nothing answers it. That one is kept so
 * that the same message, delivered twice, is answered once.
 */
export function createQuestion(
  { clock, policy, random }: Pick<Dependencies, 'clock' | 'policy' | 'random'>,
  asking: {
    readonly technician: Technician;
    readonly conversation: Conversation;
    readonly activityId: string;
    readonly readings: readonly Reading[];
    readonly correlationId: CorrelationId;
    readonly stated?: CallerVerification | undefined;
    readonly inferredFrom?: OpenQuestion['inferredFrom'];
  },
  asked: AskedChoices | { readonly over: Asks },
): OpenQuestion {
  const now = clock.now();
  const validMilliseconds =
    'asks' in asked && isAskedInWords(asked)
      ? useCaseTunables.answerValidMilliseconds
      : policy().confirmWithinMinutes * 60_000;
  const expiresAt = now + validMilliseconds;
  const { technician, conversation, activityId, readings, correlationId, stated, inferredFrom } = asking;
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
    ...(stated !== undefined && { stated }),
    ...(inferredFrom !== undefined && { inferredFrom }),
    becomes: asId<ResetRequestId>(random.token()),
    askedAt: now,
    expiresAt,
    card: undefined,
    cardIsOwed: false,
    putOff: 0,
    worker: undefined,
    ...('asks' in asked ? { ...asked, ...openFields(expiresAt) } : closedFields(asked.over, now)),
  };
}

function openFields(expiresAt: number) {
  return { state: 'open', closing: undefined, endedAt: undefined, dueAt: expiresAt } as const;
}

function closedFields(asks: Asks, now: number) {
  return {
    state: 'closed',
    asks,
    choices: [],
    closing: { kind: 'said-in-words' },
    endedAt: now,
    dueAt: undefined,
  } as const;
}

/**
 * Asks in words whose password it is at a customer that was named or chosen. The next message may answer it. The same
 * message asks once.
 */
export async function addQuestionOfPerson(
  dependencies: Pick<Dependencies, 'clock' | 'policy' | 'random' | 'questions'>,
  asking: Pick<
    Parameters<typeof createQuestion>[1],
    'technician' | 'conversation' | 'activityId' | 'correlationId' | 'stated'
  >,
  { typed, customer }: { readonly typed: string; readonly customer: Customer },
): ReturnType<Dependencies['questions']['add']> {
  const readings = [{ user: typed, customer: customer.name }];
  const asks = { kind: 'missing-user', typed, more: 0, customer } as const;
  const question = createQuestion(dependencies, { ...asking, readings }, { asks, choices: [] });
  const { id, askedAt, correlationId, technician } = question;
  const facts = { question: id, correlationId, asks: asks.kind, choices: 0, customers: customer.id };
  return dependencies.questions.add(question, {
    at: askedAt,
    kind: 'asked-back',
    actor: technician.objectId,
    facts,
  });
}

/** What the next message may answer where there is nothing to choose from; undefined where none can. */
export function askInWords(finding: QuestionBack): AskedChoices | undefined {
  switch (finding.kind) {
    case 'customer-missing':
    case 'no-customer':
    case 'unknown-domain':
      if (finding.people.length === 0) return undefined;
      return { asks: { kind: 'missing-customer', typed: finding.typed, more: 0 }, choices: [] };
    case 'no-user':
      // Who was deleted is found, and no other answer is waited for.
      if (deletedOf(finding).length > 0) return undefined;
      return { asks: { kind: 'missing-user', typed: finding.typed, more: 0, customer: finding.customer }, choices: [] };
    case 'which-customer':
    case 'which-user':
    case 'trouble':
      return undefined;
  }
}

/** Ticket and verification of a finding; undefined where the sentence said neither. */
export function readStated(finding: Finding): CallerVerification | undefined {
  if (!('facts' in finding) || finding.facts === undefined) return undefined;
  const { ticket, verification } = finding.facts;
  return ticket === undefined && verification === undefined ? undefined : { ticket, verification };
}

/** Customers of one name keep one order, whoever is asked about: a habit of choosing the first would meet the other one. */
function byName(one: Customer, other: Customer): number {
  const [first, second] = [one, other].map(({ name, domain }) => `${name.toLowerCase()}\n${domain.toLowerCase()}`);
  if (first === undefined || second === undefined || first === second) return 0;
  return first < second ? -1 : 1;
}

/** People of one name stand in the order of their addresses, for the same reason; each name stays where its best stood. */
function namesakesInOrder(targets: readonly Target[]): readonly Target[] {
  // A line end is less than every sign of a name: `ann.lee` comes before `ann.lee2`.
  const addressOf = ({ user }: Target): string => user.userPrincipalName.toLowerCase().replace('@', '\n');
  const namesakes = Map.groupBy(targets, ({ user }) => user.displayName.toLowerCase());
  return [...namesakes.values()].flatMap((all) =>
    all.toSorted((one, other) => (addressOf(one) < addressOf(other) ? -1 : 1)),
  );
}

/**
 * What can be asked back with choices, the best first, and how many more there are; undefined where a finding leaves
 * nothing to choose from. `elsewhere`: people of these names at other customers, where there is no one at the one that was chosen.
 */
export function readChoices(
  finding: Exclude<Finding, { kind: 'found' }>,
  newKey: () => string,
  elsewhere: readonly Target[] = [],
): { readonly asks: Asks; readonly choices: readonly Choice[] } | undefined {
  switch (finding.kind) {
    case 'which-customer':
      return limitChoices('which-customer', finding.typed, finding.choices.toSorted(byName).map(chooseCustomer));
    case 'no-customer':
      return limitChoices('near-customer', finding.typed, finding.near.map(chooseCustomer), finding.more);
    case 'unknown-domain':
      return limitChoices('near-domain', finding.typed, finding.near.map(chooseCustomer), finding.more);
    case 'which-user':
      return limitChoices('which-user', finding.typed, namesakesInOrder(finding.choices).map(chooseUser));
    case 'no-user': {
      const { customer, near } = finding;
      const deleted = deletedOf(finding);
      const limited = limitChoices(
        'near-user',
        finding.typed,
        [...elsewhere, ...namesakesInOrder(near.map((user) => ({ customer, user })))].map(chooseUser),
        finding.more,
      );
      if (limited && elsewhere.length > 0) return { ...limited, asks: { ...limited.asks, customer } };
      return limited && deleted.length > 0 ? { ...limited, asks: { ...limited.asks, deleted } } : limited;
    }
    case 'customer-missing':
    case 'not-a-reset':
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

/** Those who were deleted of a finding without a user, as far as that is known. */
export function deletedOf({ deleted }: Pick<Extract<Finding, { kind: 'no-user' }>, 'deleted'>): readonly DeletedUser[] {
  return deleted === undefined || deleted === 'unknown' ? [] : deleted;
}

/** The ids of the customers and users that a question back shows or was about, for the trail. */
export function describeShown(finding: QuestionBack | undefined, choices: readonly Choice[]): AuditEntry['facts'] {
  const about = finding?.kind === 'no-user' ? [finding.customer.id] : [];
  const shown = choices.map((choice) => (choice.kind === 'customer' ? choice.customer.id : choice.target.customer.id));
  const customers = new Set([...about, ...shown]);
  const deleted = finding?.kind === 'no-user' ? deletedOf(finding).map(({ id }) => id) : [];
  const chosen = choices.flatMap((choice) => (choice.kind === 'user' ? [choice.target.user.id] : []));
  const users = [...chosen, ...deleted];
  return {
    ...(customers.size > 0 && { customers: [...customers].join(' ') }),
    ...(users.length > 0 && { users: users.join(' ') }),
  };
}
