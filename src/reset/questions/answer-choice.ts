import type { Dependencies } from '../dependencies.ts';
import { isPermittedFor, recordNotPermitted } from '../policy/rights.ts';
import { type OutOfReach, searchWithinReach } from '../policy/reach.ts';
import type { AskedPerson, CustomerFinding, Finding, FindOptions } from '../ports/partner-center.ts';
import type { PartnerTrouble } from '../refusal.ts';
import type { Customer, CustomerInferred, Target } from '../target.ts';
import { proposeTarget } from '../use-cases/new-request.ts';
import { type AskedChoices, askInWords, deletedOf, readChoices, readStated } from './new-question.ts';
import { findElsewhere } from './find-elsewhere.ts';
import { inferCustomerSource, type QuestionBack, readingsOf, typedPeople } from './candidates.ts';
import { type Asks, type Closed, isAskedInWords, type OpenQuestion, type Reading } from './question.ts';

/** What comes of an answer: the request `becomes`, other choices, or nothing. */
type ChoiceAnswer =
  | { readonly kind: 'request' }
  | {
      readonly kind: 'asks';
      readonly asked: AskedChoices;
      readonly customerChosen: boolean;
      readonly readings?: readonly Reading[] | undefined;
      readonly stated?: OpenQuestion['stated'];
    }
  | {
      readonly kind: 'in-words';
      readonly finding: QuestionBack;
      readonly asks: Asks;
      readonly readings: readonly Reading[];
    }
  | { readonly kind: 'closed'; readonly closing: Closed }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble };

/**
 * Continues with what the technician chose or typed. For a customer, it searches that customer for the person of the
 * sentence, by the customer's id. For a person, it reads the person afresh. Two runs make one request.
 */
export async function answerChoice(
  dependencies: Dependencies,
  question: OpenQuestion,
  progress: FindOptions['progress'],
): Promise<ChoiceAnswer> {
  const typed = question.typedAnswers?.at(-1);
  if (isAskedInWords(question)) return answerWords(typed?.name ?? '');
  const chosen = question.choices.find(({ key }) => key === question.chosen);
  switch (chosen?.kind) {
    case 'customer':
      return findWithin(chosen.customer);
    case 'user':
      return propose(chosen.target, question.customerChosen ? false : sourceOf(chosen.target.customer), 'as-shown');
    case undefined:
      throw new Error('a choice was claimed that the question does not have');
  }

  /** A name that was typed where a customer or a person is missing. */
  function answerWords(name: string): Promise<ChoiceAnswer> {
    const { customer } = question.asks;
    return question.asks.kind === 'missing-user' && customer !== undefined
      ? answerMissingUser(name, customer)
      : answerMissingCustomer(name);
  }

  /** A person at this customer comes first, then an address elsewhere, then another customer, then who is near. */
  async function answerMissingUser(name: string, customer: Customer): Promise<ChoiceAnswer> {
    const here = await find({ text: name, customer, isAnswer: true });
    const isDeleted = here.kind === 'no-user' && deletedOf(here).length > 0;
    const isNobody = (here.kind === 'no-user' && !isDeleted) || here.kind === 'not-a-reset';
    if (!isNobody) return takeFinding(here, customer);
    if (name.includes('@')) return takeFinding(await find({ text: name, isAnswer: true }));
    const other = await findCustomer(name);
    const people = question.readings.map(({ user }) => user);
    switch (other.kind) {
      case 'customer':
        return findWithin(other.customer);
      case 'several':
        return takeFinding({ kind: 'which-customer', typed: name, choices: other.customers, people });
      case 'near':
        // Who is near at this customer is offered first, since a person is what was asked for.
        return here.kind === 'no-user' && here.near.length > 0
          ? takeFinding(here, customer)
          : takeFinding({ kind: 'no-customer', typed: name, near: other.customers, more: 0, people });
      case 'nobody':
      case 'trouble':
      case 'not-permitted':
        return takeFinding(here, customer);
    }
  }

  /** A customer is what was asked; an address, or a person with their customer, says as much. */
  async function answerMissingCustomer(name: string): Promise<ChoiceAnswer> {
    if (name.includes('@')) return takeFinding(await find({ text: name, isAnswer: true }));
    const found = await findCustomer(name);
    if (found.kind === 'trouble') return found;
    if (found.kind === 'not-permitted') return closed({ kind: found.why });
    if (found.kind === 'customer') return findWithin(found.customer);
    const whole = await find({ text: name, isAnswer: true });
    if (whole.kind === 'found' || whole.kind === 'which-user') return takeFinding(whole);
    const people = question.readings.map(({ user }) => user);
    if (found.kind === 'several') {
      return takeFinding({ kind: 'which-customer', typed: name, choices: found.customers, people });
    }
    const near = found.kind === 'near' ? found.customers : [];
    return takeFinding({ kind: 'no-customer', typed: name, near, more: 0, people });
  }

  function find(asked: AskedPerson): Promise<Finding | OutOfReach> {
    const { methods } = dependencies.policy().verification;
    const { technician, correlationId } = question;
    return searchWithinReach(dependencies, technician, correlationId, (scope) =>
      dependencies.directory.find(asked, correlationId, { ...scope, progress, methods }),
    );
  }

  function findCustomer(name: string): Promise<CustomerFinding | OutOfReach> {
    const { technician, correlationId } = question;
    return searchWithinReach(dependencies, technician, correlationId, (scope) =>
      dependencies.findCustomer(name, correlationId, scope),
    );
  }

  /** `here`: the customer at which was looked, where it was known already. */
  async function takeFinding(found: Finding | OutOfReach, here?: Customer): Promise<ChoiceAnswer> {
    if (found.kind === 'not-permitted') return closed({ kind: found.why });
    const finding =
      here !== undefined && 'customerInferred' in found ? { ...found, customerInferred: sourceOf(here) } : found;
    const stated = readStated(finding) ?? question.stated;
    switch (finding.kind) {
      case 'found':
        return propose(finding.target, finding.customerInferred, 'as-found', stated);
      case 'trouble':
        return finding;
      case 'not-a-reset':
        return askAgain(lastFinding());
      case 'customer-missing':
      case 'no-customer':
      case 'unknown-domain':
      case 'which-customer':
      case 'which-user':
      case 'no-user': {
        const asked = readChoices(finding, dependencies.random.token);
        if (asked === undefined) return askAgain(finding);
        const customerChosen = 'customerInferred' in finding && finding.customerInferred === false;
        return { kind: 'asks', asked, customerChosen, readings: readingsOf(finding), stated };
      }
    }
  }

  /** Asks once more in words: what is missing may be another part by now. */
  function askAgain(finding: QuestionBack): ChoiceAnswer {
    const asked = askInWords(finding);
    if (asked === undefined) return { kind: 'in-words', finding, asks: question.asks, readings: question.readings };
    return { kind: 'in-words', finding, asks: asked.asks, readings: readingsOf(finding) };
  }

  /** What was asked last, where an answer to it said nothing. */
  function lastFinding(): QuestionBack {
    const { asks, readings } = question;
    const people = readings.map(({ user }) => user);
    if (asks.customer === undefined) return { kind: 'customer-missing', typed: people[0] ?? asks.typed, people };
    const customerInferred = sourceOf(asks.customer);
    return { kind: 'no-user', typed: asks.typed, customer: asks.customer, customerInferred, near: [], more: 0 };
  }

  function sourceOf(customer: Customer): CustomerInferred {
    const read = inferCustomerSource(question.readings, customer);
    return read === false ? read : (question.inferredFrom ?? read);
  }

  async function findWithin(customer: Customer): Promise<ChoiceAnswer> {
    const { readings, asks, technician, correlationId } = question;
    const permission = await isPermittedFor(dependencies, technician, customer.id);
    if (permission !== 'yes') {
      await recordNotPermitted(dependencies, technician, permission, { customers: customer.id, correlationId });
      return closed({ kind: permission });
    }
    const text = typedPeople(readings, asks.typed).join('\n');
    if (text === '' && isAskedInWords(question)) {
      return askAgain({ kind: 'no-user', typed: '', customer, customerInferred: false, near: [], more: 0 });
    }
    const asked = { text, customer, isAnswer: true };
    const finding = await find(asked);
    if (finding.kind === 'not-permitted') return closed({ kind: finding.why });
    if (finding.kind === 'found') return propose(finding.target, false, 'as-found');
    // The sentence named a person when it was asked. If it names none now, the customer counts as gone.
    if (finding.kind === 'not-a-reset') {
      return isAskedInWords(question) ? askAgain(lastFinding()) : closed({ kind: 'customer-gone', customer });
    }
    return askOn(customer, finding, text);
  }

  async function askOn(
    customer: Customer,
    finding: Exclude<Finding, { kind: 'found' | 'not-a-reset' }>,
    text: string,
  ): Promise<ChoiceAnswer> {
    switch (finding.kind) {
      case 'trouble':
        return finding;
      case 'which-user':
      case 'no-user': {
        const isNobody = finding.kind === 'no-user' && deletedOf(finding).length === 0;
        const elsewhere = isNobody ? await findElsewhere(find, question, customer, text) : [];
        const asked = readChoices(finding, dependencies.random.token, elsewhere);
        if (asked) return { kind: 'asks', asked, customerChosen: true };
        if (isAskedInWords(question)) return askAgain(finding);
        const deleted = finding.kind === 'no-user' ? deletedOf(finding) : [];
        return closed({ kind: 'nobody', typed: finding.typed, customer, ...(deleted.length > 0 && { deleted }) });
      }
      case 'which-customer':
      case 'no-customer':
      case 'unknown-domain':
      case 'customer-missing':
        return closed({ kind: 'customer-gone', customer });
    }
  }

  async function propose(
    target: Target,
    customerInferred: CustomerInferred,
    mustBe: 'as-shown' | 'as-found',
    stated = question.stated,
  ): Promise<ChoiceAnswer> {
    const { becomes: id, technician, askedIn: conversation, askedBy, correlationId } = question;
    // The message that was answered last, so that it is known where it is delivered again.
    const activityId = typed?.activityId ?? askedBy;
    const asking = { id, technician, conversation, activityId, correlationId, target, customerInferred, stated };
    const proposal = await proposeTarget(dependencies, asking, mustBe);
    switch (proposal.kind) {
      case 'proposed':
      case 'refused':
        return { kind: 'request' };
      case 'already-answered':
        return (await dependencies.store.find(id)) === undefined
          ? closed({ kind: 'answered-elsewhere' })
          : { kind: 'request' };
      case 'gone':
        return closed({ kind: 'gone', target, ...(proposal.deleted && { deleted: [proposal.deleted] }) });
      case 'changed':
        return closed({ kind: 'changed', target: { ...target, user: proposal.user } });
      case 'not-a-technician':
      case 'groups-unknown':
        return closed({ kind: proposal.kind });
      case 'trouble':
        return proposal;
    }
  }
}

function closed(closing: Closed): ChoiceAnswer {
  return { kind: 'closed', closing };
}
