import { asId, type CorrelationId, type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import { searchWithinReach } from '../policy/reach.ts';
import type { FindOptions, NotAReset } from '../ports/partner-center.ts';
import {
  addQuestionOfPerson,
  askInWords,
  createQuestion,
  describeShown,
  readChoices,
  readStated,
} from '../questions/new-question.ts';
import { type QuestionBack, readInferredFrom, readingsOf } from '../questions/candidates.ts';
import type { OpenQuestion } from '../questions/question.ts';
import { endSlots, findRecent } from '../questions/open-questions.ts';
import type { NotPermitted } from '../refusal.ts';
import type { ResetRequest } from '../request.ts';
import type { Customer } from '../target.ts';
import { proposeTarget } from './new-request.ts';

/** What comes of a sentence: a request to confirm or one that is refused already, or a question back. */
export type Proposal =
  | { readonly kind: 'proposed'; readonly request: ResetRequest }
  | { readonly kind: 'refused'; readonly request: ResetRequest }
  /** Asked back with choices. */
  | { readonly kind: 'asked'; readonly question: OpenQuestion }
  /** Asked back in words: there is nothing to choose from. */
  | {
      readonly kind: 'question';
      readonly finding: QuestionBack;
      readonly correlationId: CorrelationId;
    }
  | { readonly kind: 'not-a-reset'; readonly why: NotAReset }
  /** Asked back in words whose password it is. */
  | { readonly kind: 'missing-user'; readonly customer: Customer }
  | { readonly kind: NotPermitted }
  | { readonly kind: 'already-answered' };

/** What was typed, by whom and where. */
export type Question = {
  readonly technician: Technician;
  readonly conversation: Conversation;
  /** The activity that asked; delivered twice, it is answered once. */
  readonly activityId: string;
  /** The cleaned text. */
  readonly text: string;
  /** Told how far the search is where it takes long. */
  readonly progress?: FindOptions['progress'];
};

/**
 * Finds the one person that a sentence means, and stores the request or the question back. It changes nothing at
 * Partner Center. It reads afresh what stops a reset and says so at once, so that the technician does not verify a
 * caller in vain.
 */
export function createPropose(dependencies: Dependencies): (question: Question) => Promise<Proposal> {
  const { store, questions, directory, clock, random } = dependencies;
  return async (question) => {
    const { technician, conversation, activityId } = question;
    const recent = await findRecent(dependencies, technician, conversation);
    if (recent.some(({ askedBy }) => askedBy === activityId)) return { kind: 'already-answered' };
    const proposal = await proposeAnew(question);
    if (proposal.kind !== 'already-answered') await endSlots(dependencies, technician, recent);
    return proposal;
  };

  async function proposeAnew(question: Question): Promise<Proposal> {
    const { technician, conversation, activityId, text } = question;
    const policy = dependencies.policy();
    const correlationId = asId<CorrelationId>(random.guid());
    const found = await searchWithinReach(dependencies, technician, correlationId, async (scope) => {
      const last = await customerOfContext(question);
      return directory.find({ text }, correlationId, {
        ...scope,
        inferredCustomer: last !== undefined && scope.reach.permits(last) ? last : undefined,
        progress: question.progress,
        methods: policy.verification.methods,
      });
    });
    if (found.kind === 'not-permitted') return { kind: found.why };
    if (found.kind === 'not-a-reset') {
      return found.customer === undefined ? found : askWho(question, found.customer, correlationId);
    }
    if (found.kind !== 'found') return askBack(question, found, correlationId);
    const { target, customerInferred } = found;
    const id = asId<ResetRequestId>(random.token());
    const stated = readStated(found);
    const asking = { id, technician, conversation, activityId, correlationId, target, customerInferred, stated };
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
          deleted: proposal.deleted && [proposal.deleted],
          facts: found.facts,
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
  }

  async function askBack(
    { technician, conversation, activityId }: Question,
    finding: QuestionBack,
    correlationId: CorrelationId,
  ): Promise<Proposal> {
    const withChoices = readChoices(finding, random.token);
    const asked = withChoices ?? askInWords(finding);
    const readings = readingsOf(finding);
    const asking = {
      technician,
      conversation,
      activityId,
      readings,
      correlationId,
      stated: readStated(finding),
      inferredFrom: readInferredFrom(finding),
    };
    const typed = 'typed' in finding ? finding.typed : '';
    const question = createQuestion(dependencies, asking, asked ?? { over: { kind: 'near-user', typed, more: 0 } });
    const facts = {
      question: question.id,
      correlationId,
      asks: withChoices?.asks.kind ?? finding.kind,
      choices: question.choices.length,
      ...describeShown(finding, question.choices),
    };
    const entry = { at: question.askedAt, kind: 'asked-back', actor: technician.objectId, facts } as const;
    const added = await questions.add(question, entry);
    if (added !== 'added') return { kind: 'already-answered' };
    return withChoices === undefined ? { kind: 'question', finding, correlationId } : { kind: 'asked', question };
  }

  /** The customer stands in the sentence, and the next message may name the person alone. */
  async function askWho(
    { technician, conversation, activityId }: Question,
    customer: Customer,
    correlationId: CorrelationId,
  ): Promise<Proposal> {
    const asking = { technician, conversation, activityId, correlationId };
    return (await addQuestionOfPerson(dependencies, asking, { typed: '', customer })) === 'added'
      ? { kind: 'missing-user', customer }
      : { kind: 'already-answered' };
  }

  async function customerOfContext({ technician, conversation }: Question) {
    const since = clock.now() - useCaseTunables.rememberedCustomerMilliseconds;
    return store.lastCustomer(technician.objectId, technician.tenantId, conversation.id, since);
  }
}
