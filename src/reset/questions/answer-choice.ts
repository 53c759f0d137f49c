import type { Dependencies } from '../dependencies.ts';
import { keepPermitted, recordNotPermitted } from '../policy/rights.ts';
import type { Finding, FindOptions, Reading } from '../ports/partner-center.ts';
import type { PartnerTrouble } from '../refusal.ts';
import type { Customer, CustomerInferred, Target } from '../target.ts';
import { proposeTarget } from '../use-cases/propose-target.ts';
import { type Closed, type OpenQuestion, readChoices } from './question.ts';

/** What comes of a choice: the request `becomes`, other choices, or nothing. */
type ChoiceAnswer =
  | { readonly kind: 'request' }
  | { readonly kind: 'asks'; readonly asked: NonNullable<ReturnType<typeof readChoices>> }
  | { readonly kind: 'closed'; readonly closing: Closed }
  | { readonly kind: 'trouble'; readonly trouble: PartnerTrouble };

/**
 * Goes on with what was chosen: a customer is asked for the person again, by the id of the customer; a person is looked
 * up afresh. Done twice, it makes one request.
 */
export async function answerChoice(
  dependencies: Dependencies,
  question: OpenQuestion,
  progress: FindOptions['progress'],
): Promise<ChoiceAnswer> {
  const chosen = question.choices.find(({ key }) => key === question.chosen);
  switch (chosen?.kind) {
    case 'customer':
      return findWithin(chosen.customer);
    case 'user':
      return propose(
        chosen.target,
        question.customerChosen ? false : inferCustomerSource(question.readings, chosen.target.customer),
        'as-shown',
      );
    case undefined:
      throw new Error('a choice was claimed that the question does not have');
  }

  async function findWithin(customer: Customer): Promise<ChoiceAnswer> {
    const { readings, correlationId, technician, asks } = question;
    const finding = await dependencies.directory.find(readingsWithin(customer, readings, asks.typed), correlationId, {
      progress,
    });
    if (finding.kind === 'found') return propose(finding.target, false, 'as-found');
    const permitted = await keepPermitted(dependencies, finding, technician);
    if (permitted.kind === 'not-permitted') {
      await recordNotPermitted(dependencies, technician, permitted.why);
      return closed({ kind: permitted.why });
    }
    return askOn(customer, permitted);
  }

  function askOn(customer: Customer, finding: Exclude<Finding, { kind: 'found' }>): ChoiceAnswer {
    switch (finding.kind) {
      case 'trouble':
        return finding;
      case 'which-user':
      case 'no-user': {
        const asked = readChoices(finding, dependencies.random.token);
        return asked ? { kind: 'asks', asked } : closed({ kind: 'nobody', typed: finding.typed, customer });
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
  ): Promise<ChoiceAnswer> {
    const { becomes: id, technician, askedIn: conversation, askedBy: activityId, correlationId } = question;
    const asking = { id, technician, conversation, activityId, correlationId, target, customerInferred };
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
        return closed({ kind: 'gone', target });
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

/** The ways to read the sentence that called the customer as it was asked about, at that customer; all ways where none did. */
function readingsWithin(customer: Customer, readings: readonly Reading[], typed: string): readonly Reading[] {
  const first = readings.filter((reading) => reading.customer === typed);
  const users = new Set((first.length > 0 ? first : readings).map(({ user }) => user));
  return [...users].map((user) => ({ user, customer: customer.id }));
}

function closed(closing: Closed): ChoiceAnswer {
  return { kind: 'closed', closing };
}

/** Whether a customer was typed in one of these readings or concluded, and from what. In doubt it was from the context. */
function inferCustomerSource(readings: readonly Reading[], { name, domain, id }: Customer): CustomerInferred {
  const own = new Set([name, domain, id].map(foldToLetters));
  const unnamed = readings.filter(({ customer }) => customer === undefined);
  const isTyped = readings.some(({ customer }) => customer !== undefined && own.has(foldToLetters(customer)));
  if (isTyped || unnamed.length === 0) return false;
  return unnamed.every(({ user }) => user.includes('@')) ? 'address' : 'context';
}

function foldToLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}
