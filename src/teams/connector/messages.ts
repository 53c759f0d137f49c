import { callWithTimeout, type Clock, teamsTunables } from '../../base/index.ts';
import {
  type Conversation,
  type DirectMessageProblem,
  type MessageAddress,
  type Messages,
  type UpdateOutcome,
} from '../../reset/index.ts';
import {
  formatApprovalMention,
  formatApprovalOutcome,
  formatApprovalReminder,
  formatPrivateDetails,
  formatUndelivered,
  mentionInCommands,
} from '../../texts/index.ts';
import type { CardRenderer } from '../cards/card-renderer.ts';
import type { Connector, MessageContent, RosterMember } from './connector.ts';
import { isGuest, isOutsider } from '../gate/roster.ts';
import { createReaderSearch } from './chat-readers.ts';
import { ConnectorError, type ConnectorErrorCode } from './retries.ts';

/** The port `Messages`, and what the handlers themselves say. `reply` and `postCard` fail with a `ConnectorError`. */
export type TeamsMessages = Messages & {
  /**
   * Says a sentence as plain text. Where others read along, the commands in it have the mention before them. In a channel it appears
   * in the thread of the activity that it replies to.
   */
  reply(conversation: Conversation, text: string, replyToActivityId?: string): Promise<void>;
  postCard(conversation: Conversation, card: object): Promise<MessageAddress>;
  /** Puts a card in place of a message that stands there. Where Teams does not take it, the message stays as it is. */
  putCard(address: MessageAddress, card: object): Promise<void>;
};

/**
 * Says things in Teams through the connector. A password goes out only in the update of a message that exists: a repeated
 * update cannot make a second copy.
 */
export function createTeamsMessages({
  connector,
  render,
  clock,
  sandbox,
}: {
  readonly connector: Connector;
  readonly render: CardRenderer;
  readonly clock: Clock;
  readonly sandbox: boolean;
}): TeamsMessages {
  const readersOf = createReaderSearch({ connector, clock, sandbox });
  async function update(address: MessageAddress | undefined, card: () => object): Promise<UpdateOutcome> {
    if (address === undefined) return { kind: 'gone' };
    const updated = await attempt(() => connector.update(address, { kind: 'card', card: card() }));
    return toUpdateOutcome(updated);
  }

  async function listMembers(chat: Conversation): Promise<readonly RosterMember[] | 'unknown'> {
    const listed = await callWithTimeout(clock, teamsTunables.rosterTimeoutMilliseconds, () =>
      attempt(() => connector.members(chat)),
    );
    return listed.kind === 'answered' && listed.result.kind === 'done' ? listed.result.result : 'unknown';
  }

  const postHarmless = (conversation: Conversation, content: MessageContent) =>
    connector.post(conversation, content, { harmless: true });

  return {
    async openDirectMessage(request) {
      const placeholder = { kind: 'card', card: render.directMessage(request, undefined) } as const;
      const opened = await attempt(async () => {
        const conversation = await connector.createConversation(request.askedIn, request.technician.teamsUserId);
        return postHarmless(conversation, placeholder);
      });
      return opened.kind === 'done'
        ? { kind: 'open', address: opened.result }
        : { kind: 'closed', why: directMessageProblems[opened.code] };
    },
    expectDelivery: async (request) => {
      await attempt(() => readersOf(request));
    },
    async findReaders(request) {
      const read = await attempt(() => readersOf(request));
      if (read.kind === 'done') return { kind: read.result };
      return { kind: updateOutcomes[read.code] };
    },
    async countOutsiders(chat, requester) {
      const members = await listMembers(chat);
      return members === 'unknown' ? members : members.filter((member) => isOutsider(member, requester)).length;
    },
    async listMembers(chat) {
      const members = await listMembers(chat);
      if (members === 'unknown') return members;
      return members.flatMap(({ id, objectId, tenantId, name = '', userPrincipalName, role }) =>
        id === undefined
          ? []
          : {
              teamsUserId: id,
              objectId,
              tenantId,
              name,
              userPrincipalName,
              isGuest: isGuest({ role, userPrincipalName }),
            },
      );
    },
    async sendPrivateDetails(request, told) {
      const text = formatPrivateDetails(request, told);
      const sent = await attempt(async () => {
        const chat = await connector.createConversation(request.askedIn, request.technician.teamsUserId);
        return postHarmless(chat, { kind: 'text', text });
      });
      return toUpdateOutcome(sent);
    },
    updateDirectMessage: (request, password, accessPass) =>
      update(request.directMessage, () => render.directMessage(request, password, accessPass)),
    retirePlaceholder: (request, placeholder) =>
      // The card of a request that came to nothing says that nothing will appear here.
      update(placeholder, () =>
        render.directMessage({ ...request, state: 'expired', attention: undefined }, undefined),
      ),
    updateRequestCard: (request) => update(request.card, () => render.card(request)),
    async sendApprovalCard(request, where) {
      const asked = await attempt(async () => {
        const conversation =
          where.kind === 'chat' ? where.conversation : await connector.createConversation(where.from, where.member);
        return postHarmless(conversation, { kind: 'card', card: render.approval(request) });
      });
      if (asked.kind === 'done') return { kind: 'asked', card: asked.result };
      return { kind: updateOutcomes[asked.code] === 'try-again' ? 'try-again' : 'closed' };
    },
    async mentionApprovers(request) {
      const { text, mentions } = formatApprovalMention(request);
      await attempt(() => postHarmless(request.askedIn, { kind: 'text', text, mentions }));
    },
    async remindApprovers(request) {
      const { text, mentions } = formatApprovalReminder(request);
      const cards = (request.approval?.places ?? []).flatMap(({ card }) => card ?? []);
      await Promise.all(
        cards.map(({ conversation }) => attempt(() => connector.post(conversation, { kind: 'text', text, mentions }))),
      );
    },
    updateApprovalCard: (request, card) => update(card, () => render.approval(request)),
    updateQuestionCard: (question) => update(question.card, () => render.question(question)),
    async sendEndOfApprovalNotice(request) {
      const text = formatApprovalOutcome(request);
      return toUpdateOutcome(await attempt(() => postHarmless(request.askedIn, { kind: 'text', text })));
    },
    async sendUndeliveredNotice(request) {
      await attempt(() => postHarmless(request.askedIn, { kind: 'text', text: formatUndelivered(request) }));
    },
    async reply(conversation, text, replyToId) {
      const said = mentionInCommands(text, conversation);
      await connector.post(conversation, { kind: 'text', text: said }, { replyToId });
    },
    async putCard(address, card) {
      await update(address, () => card);
    },
    postCard: (conversation, card) => connector.post(conversation, { kind: 'card', card }),
  };
}

type Attempt<Result> =
  { readonly kind: 'done'; readonly result: Result } | { readonly kind: 'failed'; readonly code: ConnectorErrorCode };

/** Makes calls to the connector and returns a `ConnectorError` as its code. Any other error is thrown. */
async function attempt<Result>(call: () => Promise<Result>): Promise<Attempt<Result>> {
  try {
    return { kind: 'done', result: await call() };
  } catch (error) {
    if (error instanceof ConnectorError) return { kind: 'failed', code: error.code };
    throw error;
  }
}

function toUpdateOutcome(attempted: Attempt<unknown>): UpdateOutcome {
  return { kind: attempted.kind === 'done' ? 'done' : updateOutcomes[attempted.code] };
}

const updateOutcomes: Readonly<Record<ConnectorErrorCode, Exclude<UpdateOutcome['kind'], 'done'>>> = {
  gone: 'gone',
  refused: 'refused',
  blocked: 'refused',
  'too-large': 'refused',
  throttled: 'try-again',
  unavailable: 'try-again',
  timeout: 'try-again',
  unauthorised: 'try-again',
};

const directMessageProblems: Readonly<Record<ConnectorErrorCode, DirectMessageProblem>> = {
  gone: 'not-installed',
  refused: 'not-installed',
  blocked: 'blocked',
  'too-large': 'unreachable',
  throttled: 'unreachable',
  unavailable: 'unreachable',
  timeout: 'unreachable',
  unauthorised: 'unreachable',
};
