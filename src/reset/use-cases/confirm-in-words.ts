import { asId, type CorrelationId, type ResetRequestId, useCaseTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Conversation, Technician } from '../identity.ts';
import { namingOfChoice } from '../questions/answer-typed.ts';
import { findSight } from '../policy/reach.ts';
import { createQuestion } from '../questions/new-question.ts';
import type { Choice, OpenQuestion } from '../questions/question.ts';
import { endSlots, findRecent } from '../questions/open-questions.ts';
import { keepWords } from '../questions/typed-commands.ts';
import { nameShownTicket } from '../ports/tickets.ts';
import { nameShownDoubt, type ResetRequest } from '../request.ts';
import { isWaitingForConfirmation } from '../request-status.ts';
import { findNamed } from '../questions/typed-name.ts';
import type { Confirmation, createConfirm } from './confirmation.ts';

/** What `confirm`, typed, did. */
export type ConfirmationInWords =
  /** It stands in a channel or a group chat, where it does nothing. */
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'nothing-open' }
  /** Some of its words are neither what the card asks for nor the name of one that waits. */
  | { readonly kind: 'not-understood'; readonly methods: readonly string[] }
  | { readonly kind: 'which'; readonly question: OpenQuestion }
  /** The same message was answered before. */
  | { readonly kind: 'already-answered' }
  | {
      readonly kind: 'confirmed';
      readonly request: ResetRequest;
      readonly confirmation: Confirmation;
      /** The policy's ways to verify a caller. */
      readonly methods: readonly string[];
    };

/** What stood behind `confirm`, by the methods of the policy; undefined where it asks something. */
type ReadRest = (
  methods: readonly string[],
) =>
  { readonly ticket: string | undefined; readonly verification: string | undefined; readonly name: string } | undefined;

/**
 * Confirms by words what a press would confirm: the open confirmation of this person in their personal chat. It stores
 * the message before it confirms. So a message that Teams delivers twice confirms once, even if another request waits
 * by then. Teams may deliver it under a new id, too: the same words confirm a further request only once they name it.
 */
export function createConfirmInWords(dependencies: Dependencies, confirm: ReturnType<typeof createConfirm>) {
  const { questions, store, clock, random } = dependencies;

  return { confirmInWords, confirmChosen };

  async function confirmInWords(asking: {
    readonly technician: Technician;
    readonly conversation: Conversation;
    readonly activityId: string;
    readonly readRest: ReadRest;
  }): Promise<ConfirmationInWords> {
    const { technician, conversation, activityId, readRest } = asking;
    if (conversation.kind !== 'personal') return { kind: 'elsewhere' };
    const recent = await findRecent(dependencies, technician, conversation);
    if (recent.some(({ askedBy }) => askedBy === activityId)) return { kind: 'already-answered' };
    const { methods } = dependencies.policy().verification;
    const rest = readRest(methods);
    const open = await findOpenConfirmations(technician, conversation);
    if (open.length === 0) {
      // Words that confirmed nothing may come again too, once another request waits.
      if (rest !== undefined) {
        const { ticket, verification } = rest;
        const said = { technician, conversation, activityId, stated: { ticket, verification } };
        await keepWords(dependencies, said, { kind: 'which-confirmation', typed: typedOf(rest), more: 0 });
      }
      return { kind: 'nothing-open' };
    }
    if (rest === undefined) return { kind: 'not-understood', methods };
    const { name, ticket, verification } = rest;
    const choices = open.map((request): Choice => ({ kind: 'user', key: request.id, target: request.target }));
    const named = name === '' ? choices : findNamed(choices, name, namingOfChoice);
    // Digits alone are no number of a list that was not shown yet.
    if (named.length === 0 || /^[#\d\s]+$/.test(name)) return { kind: 'not-understood', methods };
    await endSlots(dependencies, technician, recent);
    const shown = named.slice(0, useCaseTunables.maxConfirmationsShown);
    const correlationId = asId<CorrelationId>(random.guid());
    const stated = { ticket, verification };
    const asked = createQuestion(
      dependencies,
      { technician, conversation, activityId, readings: [], correlationId, stated },
      {
        asks: { kind: 'which-confirmation', typed: typedOf(rest), more: named.length - shown.length },
        choices: shown,
      },
    );
    const [only] = named;
    const isRepeated =
      name === '' && recent.some((before) => saysTheSame(before, asked) && before.chosen !== only?.key);
    const isOne = named.length === 1 && only !== undefined && !isRepeated;
    const question: OpenQuestion = isOne
      ? { ...asked, state: 'answered', chosen: only.key, endedAt: asked.askedAt, dueAt: undefined }
      : asked;
    const facts = { question: question.id, correlationId, asks: 'which-confirmation', choices: shown.length };
    const entry = {
      at: asked.askedAt,
      kind: isOne ? 'chosen' : 'asked-back',
      actor: technician.objectId,
      facts,
    } as const;
    if ((await questions.add(question, entry)) !== 'added') return { kind: 'already-answered' };
    return isOne ? confirmChosen(question, technician, only) : { kind: 'which', question };
  }

  /** Confirms one of those that were asked about, with what was said before. */
  async function confirmChosen(
    { stated }: OpenQuestion,
    technician: Technician,
    { key }: Choice,
  ): Promise<ConfirmationInWords> {
    const id = asId<ResetRequestId>(key);
    const request = await store.find(id);
    if (request === undefined) return { kind: 'nothing-open' };
    // Words that name no ticket mean the one that the card warned of, as its input still holds it.
    const said = {
      verification: stated?.verification ?? '',
      ticket: stated?.ticket ?? request.ticketFacts?.named ?? '',
      shown: nameShownTicket(request.ticketFacts),
      // What the card does not show yet was not weighed.
      doubted: request.cardIsOwed ? '' : nameShownDoubt(request),
    };
    const { methods } = dependencies.policy().verification;
    return { kind: 'confirmed', request, confirmation: await confirm(id, technician, said), methods };
  }

  /** Without those of customers for which the person has no right any more: a list would show them. */
  async function findOpenConfirmations(
    technician: Technician,
    conversation: Conversation,
  ): Promise<readonly ResetRequest[]> {
    const now = clock.now();
    const unfinished = await store.unfinished(technician.objectId, technician.tenantId);
    const open = unfinished.filter(
      (request) =>
        isWaitingForConfirmation(request) && request.askedIn.id === conversation.id && now < request.confirmBy,
    );
    if (open.length < 2) return open;
    const sight = await findSight(dependencies, technician);
    return open.filter(({ target }) => sight.permits(target.customer.id));
  }
}

function typedOf({ name }: { readonly name: string }): string {
  return name === '' ? 'confirm' : name;
}

/** Whether `confirm` was typed in the same words a short time before. */
function saysTheSame(before: OpenQuestion, { asks, stated, askedAt }: OpenQuestion): boolean {
  return (
    before.asks.kind === 'which-confirmation' &&
    before.asks.typed === asks.typed &&
    before.stated?.ticket === stated?.ticket &&
    before.stated?.verification === stated?.verification &&
    askedAt - before.askedAt < useCaseTunables.repeatedWordsMilliseconds
  );
}
