import { asId, type CorrelationId, type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import { isPermitted, keepPermitted, listTechnicians, recordNotPermitted } from '../policy/rights.ts';
import type { Finding, FindOptions, Reading } from '../ports/partner-center.ts';
import { createQuestion, type OpenQuestion, readChoices } from '../questions/question.ts';
import type { NotPermitted } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import { proposeTarget } from './propose-target.ts';

/** What comes of a sentence: a request to confirm or one that is refused already, or a question back. */
export type Proposal =
  | { readonly kind: 'proposed'; readonly request: ResetRequest }
  | { readonly kind: 'refused'; readonly request: ResetRequest }
  /** Asked back with choices. */
  | { readonly kind: 'asked'; readonly question: OpenQuestion }
  /** Asked back in words: there is nothing to choose from. */
  | {
      readonly kind: 'question';
      readonly finding: Exclude<Finding, { kind: 'found' }>;
      readonly correlationId: CorrelationId;
    }
  | { readonly kind: NotPermitted }
  | { readonly kind: 'already-answered' };

/** What was typed, by whom and where. */
export type Question = {
  readonly technician: Technician;
  readonly conversation: Conversation;
  /** The activity that asked; delivered twice, it is answered once. */
  readonly activityId: string;
  readonly readings: readonly Reading[];
  readonly passedOver?: FindOptions['passedOver'];
  /** Told how far the search is where it takes long. */
  readonly progress?: FindOptions['progress'];
};

/**
 * Finds the one person that a sentence means and writes the request down, or the question back. Nothing is changed at
 * Partner Center. What stops a reset is looked up afresh and said at once, so that nobody verifies a caller for nothing.
 */
export function createPropose(dependencies: Dependencies): (question: Question) => Promise<Proposal> {
  const { store, questions, directory, clock, random } = dependencies;
  return async (question) => {
    const { technician, conversation, activityId, readings } = question;
    const correlationId = asId<CorrelationId>(random.guid());
    const permission = await isPermitted(
      dependencies.groups,
      technician.objectId,
      listTechnicians(dependencies.policy()),
    );
    if (permission !== 'yes') return notPermitted(technician, permission);
    const found = await directory.find(readings, correlationId, {
      inferredCustomer: await customerOfContext(question),
      passedOver: question.passedOver,
      progress: question.progress,
    });
    if (found.kind !== 'found') return askBack(question, found, correlationId);
    const { target, customerInferred } = found;
    const id = asId<ResetRequestId>(random.token());
    const asking = { id, technician, conversation, activityId, correlationId, target, customerInferred };
    const proposal = await proposeTarget(dependencies, asking, 'as-found');
    switch (proposal.kind) {
      case 'trouble':
        return askBack(question, proposal, correlationId);
      case 'gone': {
        const { customer, user } = target;
        const finding = {
          kind: 'no-user',
          typed: user.displayName,
          customer,
          customerInferred,
          near: [],
          more: 0,
        } as const;
        return askBack(question, finding, correlationId);
      }
      case 'changed':
        throw new Error('a name was compared that nobody was shown');
      case 'proposed':
      case 'refused':
        return { kind: proposal.kind, request: proposal.request };
      case 'not-a-technician':
      case 'groups-unknown':
      case 'already-answered':
        return proposal;
    }
  };

  async function askBack(
    { technician, conversation, activityId, readings }: Question,
    finding: Exclude<Finding, { kind: 'found' }>,
    correlationId: CorrelationId,
  ): Promise<Proposal> {
    const permitted = await keepPermitted(dependencies, finding, technician);
    if (permitted.kind === 'not-permitted') return notPermitted(technician, permitted.why);
    const asked = readChoices(permitted, random.token);
    const asking = { technician, conversation, activityId, readings, correlationId };
    const question = createQuestion(dependencies, asking, asked ?? ('typed' in permitted ? permitted.typed : ''));
    const facts = {
      question: question.id,
      correlationId,
      asks: asked?.asks.kind ?? permitted.kind,
      choices: question.choices.length,
    };
    const entry = { at: question.askedAt, kind: 'asked-back', actor: technician.objectId, facts } as const;
    const added = await questions.add(question, entry);
    if (added !== 'added') return { kind: 'already-answered' };
    return asked === undefined ? { kind: 'question', finding: permitted, correlationId } : { kind: 'asked', question };
  }

  async function customerOfContext({ technician, conversation, readings }: Question) {
    if (readings.every(({ customer }) => customer !== undefined)) return undefined;
    const since = clock.now() - useCaseTunables.rememberedCustomerMilliseconds;
    return store.lastCustomer(technician.objectId, technician.tenantId, conversation.id, since);
  }

  async function notPermitted(technician: Technician, kind: NotPermitted): Promise<Proposal> {
    await recordNotPermitted(dependencies, technician, kind);
    return { kind };
  }
}
