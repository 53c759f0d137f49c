import type { Secret } from '../../base/index.ts';
import {
  type Conversation,
  type DirectMessageProblem,
  type MessageAddress,
  type Messages,
  type OpenQuestion,
  type UpdateOutcome,
  type ResetRequest,
  wasGivenUp,
} from '../../reset/index.ts';
import { chatReplies, formatApprovalOutcome } from '../../texts/index.ts';
import type { Connector, MessageContent } from './connector.ts';
import { ConnectorError, type ConnectorErrorCode } from './retries.ts';

/** What requests look like. Cards are Adaptive Cards; `directMessage` without a password is a neutral one. */
export type CardRenderer = {
  card(request: ResetRequest): object;
  question(question: OpenQuestion): object;
  /** One copy of the card that asks a second person. */
  approval(request: ResetRequest): object;
  directMessage(request: ResetRequest, password: Secret | undefined): object;
  undelivered(request: ResetRequest): string;
};

/** The port, and what the bot itself says. What is not in the port fails with a `ConnectorError`. */
export type TeamsMessages = Messages & {
  /** Says something, as plain text; in a channel it stands in the thread it was asked in. */
  reply(conversation: Conversation, text: string, replyToActivityId?: string): Promise<void>;
  postCard(conversation: Conversation, card: object): Promise<MessageAddress>;
  updateCard(address: MessageAddress, card: object): Promise<UpdateOutcome>;
};

/** Says things in Teams through the connector. A password only ever goes out in an update of a message that stands. */
export function createTeamsMessages({
  connector,
  render,
}: {
  readonly connector: Connector;
  readonly render: CardRenderer;
}): TeamsMessages {
  async function put(address: MessageAddress | undefined, card: () => object): Promise<UpdateOutcome> {
    if (address === undefined) return { kind: 'gone' };
    const code = await findErrorCode(() => connector.update(address, { kind: 'card', card: card() }));
    return { kind: code === undefined ? 'done' : putOutcomes[code] };
  }

  return {
    async openDirectMessage(request) {
      const placeholder: MessageContent = { kind: 'card', card: render.directMessage(request, undefined) };
      try {
        const conversation = await connector.createConversation(request.askedIn, request.technician.teamsUserId);
        const address = await connector.post(conversation, placeholder, { harmless: true });
        return { kind: 'open', address };
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        return { kind: 'closed', why: directMessageProblems[error.code] };
      }
    },
    updateDirectMessage: (request, password) =>
      put(request.directMessage, () => render.directMessage(request, password)),
    retirePlaceholder: (request, placeholder) =>
      // A request that came to nothing shows what has to be said: nothing will appear here.
      put(placeholder, () => render.directMessage({ ...request, state: 'expired', attention: undefined }, undefined)),
    updateRequestCard: (request) => put(request.card, () => render.card(request)),
    async sendApprovalCard(request, where) {
      try {
        const conversation =
          where.kind === 'chat' ? where.conversation : await connector.createConversation(where.from, where.member);
        const content = { kind: 'card', card: render.approval(request) } as const;
        return { kind: 'asked', card: await connector.post(conversation, content, { harmless: true }) };
      } catch (error) {
        if (!(error instanceof ConnectorError)) throw error;
        return { kind: putOutcomes[error.code] === 'try-again' ? 'try-again' : 'closed' };
      }
    },
    updateApprovalCard: (request, card) => put(card, () => render.approval(request)),
    updateQuestionCard: (question) => put(question.card, () => render.question(question)),
    async sendEndOfApprovalNotice(request) {
      const text = formatApprovalOutcome(request);
      const code = await findErrorCode(async () => {
        await connector.post(request.askedIn, { kind: 'text', text }, { harmless: true });
      });
      return { kind: code === undefined ? 'done' : putOutcomes[code] };
    },
    async sendUndeliveredNotice(request) {
      const text = wasGivenUp(request) ? chatReplies.erased(request.correlationId) : render.undelivered(request);
      await findErrorCode(async () => {
        await connector.post(request.askedIn, { kind: 'text', text }, { harmless: true });
      });
    },
    async reply(conversation, text, replyToId) {
      await connector.post(conversation, { kind: 'text', text }, { replyToId });
    },
    postCard: (conversation, card) => connector.post(conversation, { kind: 'card', card }),
    updateCard: (address, card) => put(address, () => card),
  };
}

const putOutcomes: Readonly<Record<ConnectorErrorCode, UpdateOutcome['kind']>> = {
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

/** Undefined where the call succeeded. */
async function findErrorCode(call: () => Promise<void>): Promise<ConnectorErrorCode | undefined> {
  try {
    await call();
    return undefined;
  } catch (error) {
    if (error instanceof ConnectorError) return error.code;
    throw error;
  }
}
