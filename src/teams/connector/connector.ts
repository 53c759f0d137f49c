import type { Activity } from 'botbuilder';
import { ClaimsIdentity, type ConnectorClient } from 'botframework-connector';
import { type Clock, type Random, readProperty, readTextProperty } from '../../base/index.ts';
import type { Conversation, MessageAddress } from '../../reset/index.ts';
import type { BotAuthentication } from './bot-authentication.ts';
import { parseServiceUrl } from './bot-framework-endpoints.ts';
import { ConnectorError, type ConnectorLimits, retryConnectorCall } from './retries.ts';

/** Calls to the Bot Framework connector. Each ends within `ConnectorLimits` and rejects with a `ConnectorError` only. */
export type Connector = {
  /** Opens the 1:1 chat of the bot with a person. A second call opens the same chat. */
  createConversation(from: Conversation, teamsUserId: string): Promise<Conversation>;
  /** Posts a message, as a reply if `replyToId` is given. Resolves to the address by which it can be updated. */
  post(conversation: Conversation, content: MessageContent, options?: PostOptions): Promise<MessageAddress>;
  /** Replaces the content of a message. Only this call may hold a password, because a repetition makes no second copy. */
  update(address: MessageAddress, content: MessageContent): Promise<void>;
  /** The roster of a chat: everybody in it but the bot. */
  members(conversation: Conversation): Promise<readonly RosterMember[]>;
  /** Looks a person up in the roster of a chat. */
  member(conversation: Conversation, teamsUserId: string): Promise<Member>;
};

/** `harmless`: the message may appear twice, so it is repeated like an update. */
type PostOptions = { readonly replyToId?: string | undefined; readonly harmless?: boolean };

/** What a connector is made with, besides its sign-in. */
export type ConnectorSettings = {
  /** Whether messages go only to this machine, as in the sandbox, or only to Microsoft's hosts. */
  readonly loopback: boolean;
  /** Where calls to an allowed service URL go. By default to that URL; a test sends them elsewhere. */
  readonly route?: (serviceUrl: string) => string;
  readonly clock: Clock;
  readonly random: Pick<Random, 'fraction'>;
  readonly limits: ConnectorLimits;
};

/**
 * Creates the connector on top of botframework-connector, with its own retries off and ours in their place. It uses the
 * sign-in of the adapter. See https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference.
 */
export function createConnector({
  authentication,
  appId,
  loopback,
  route = (url) => url,
  ...timing
}: {
  readonly authentication: BotAuthentication;
  /** Empty in the sandbox. */
  readonly appId: string;
} & ConnectorSettings): Connector {
  const identity = new ClaimsIdentity([
    { type: 'aud', value: appId },
    { type: 'appid', value: appId },
  ]);
  const clients = authentication.createConnectorFactory(identity);

  async function call<Result>(
    place: Conversation,
    { mayRepeat, needs }: { readonly mayRepeat: boolean; readonly needs: AnswerNeeds },
    act: (client: ConnectorClient, options: { abortSignal: AbortSignal }) => Promise<Result>,
  ): Promise<Result> {
    const serviceUrl = parseServiceUrl(place.serviceUrl, { loopback });
    if (serviceUrl.kind === 'refused') throw new ConnectorError('refused', undefined);
    return retryConnectorCall(timing, mayRepeat, async (abortSignal) => {
      const answer = await act(await clients.create(route(serviceUrl.url)), { abortSignal });
      requireAnswer(answer, needs);
      return answer;
    });
  }

  return {
    async createConversation(from, teamsUserId) {
      const { tenantId, botId } = from;
      const parameters = {
        isGroup: false,
        bot: { id: botId, name: '' },
        members: [{ id: teamsUserId, name: '' }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      };
      const answer = await call(from, { mayRepeat: true, needs: 'an-object' }, (client, options) =>
        client.conversations.createConversation(parameters, options),
      );
      return { ...from, kind: 'personal', id: readId(answer) };
    },
    async post(conversation, content, { replyToId, harmless = false } = {}) {
      const activity = createMessageActivity(conversation, content, { replyToId });
      const answer = await call(
        conversation,
        { mayRepeat: harmless, needs: 'an-object' },
        ({ conversations }, options) =>
          replyToId === undefined
            ? conversations.sendToConversation(conversation.id, activity, options)
            : conversations.replyToActivity(conversation.id, replyToId, activity, options),
      );
      return { conversation, activityId: readId(answer) };
    },
    async update({ conversation, activityId }, content) {
      const activity = createMessageActivity(conversation, content, { id: activityId });
      await call(conversation, { mayRepeat: true, needs: 'nothing' }, (client, options) =>
        client.conversations.updateActivity(conversation.id, activityId, activity, options),
      );
    },
    async members(conversation) {
      const answer = await call(conversation, { mayRepeat: true, needs: 'a-list' }, (client, options) =>
        client.conversations.getConversationMembers(conversation.id, options),
      );
      return readMembers(answer).filter(({ id }) => id !== conversation.botId);
    },
    async member(conversation, teamsUserId) {
      const answer = await call(conversation, { mayRepeat: true, needs: 'an-object' }, (client, options) =>
        client.conversations.getConversationMember(conversation.id, teamsUserId, options),
      );
      return readMember(answer);
    },
  };
}

/** What an answer has to hold. `nothing`: it may be empty, and what it holds all the same is an object. */
type AnswerNeeds = 'an-object' | 'a-list' | 'nothing';

/**
 * Requires that an answer came from the connector. A proxy or a captive portal may answer with a page and status 200. The SDK
 * ignores a body that is no JSON, and makes a list of one of whatever is no list. So such a page looks to it like success.
 */
function requireAnswer(answer: unknown, needs: AnswerNeeds): void {
  const response = readProperty(answer, '_response');
  const sent = readProperty(response, 'bodyAsText');
  const text = typeof sent === 'string' ? sent.trim() : '';
  if (text === '' && needs === 'nothing') return;
  const read = readProperty(response, 'parsedBody');
  const isRead = typeof read === 'object' && read !== null;
  if (!isRead || text.startsWith('[') !== (needs === 'a-list')) throw new ConnectorError('unavailable', undefined);
}

/** The id in an answer. A message without an id cannot be updated, so it counts as not sent. */
function readId(answer: object): string {
  const id = readTextProperty(answer, 'id', 512);
  if (id === undefined) throw new ConnectorError('unavailable', undefined);
  return id;
}

/**
 * The content of a message: a plain text or a card. Never both, because Teams would split them. What the card says for clients
 * that cannot show it, `fallbackText`, is the summary of the message: notifications and lists of chats show that.
 */
export type MessageContent =
  | { readonly kind: 'text'; readonly text: string; readonly mentions?: readonly Mention[] }
  | { readonly kind: 'card'; readonly card: object };

/** A person whom a text mentions, so that Teams notifies them. `text` stands in the text as it is. */
export type Mention = { readonly text: string; readonly id: string; readonly name: string };

const conversationTypes = { personal: 'personal', 'group-chat': 'groupChat', channel: 'channel' } as const;

/** The activity that shows `content` in a chat. `ids` holds the message that it replies to, or that it replaces. */
function createMessageActivity(
  conversation: Conversation,
  content: MessageContent,
  ids: { readonly id?: string; readonly replyToId?: string | undefined },
): Partial<Activity> {
  const isGroup = conversation.kind !== 'personal';
  return {
    type: 'message',
    channelId: conversation.channelId,
    serviceUrl: conversation.serviceUrl,
    from: { id: conversation.botId, name: '' },
    conversation: {
      id: conversation.id,
      tenantId: conversation.tenantId,
      isGroup,
      conversationType: conversationTypes[conversation.kind],
      name: '',
    },
    ...(ids.id !== undefined && { id: ids.id }),
    ...(ids.replyToId !== undefined && { replyToId: ids.replyToId }),
    ...(content.kind === 'text'
      ? createText(content.text, content.mentions ?? [])
      : {
          summary: readTextProperty(content.card, 'fallbackText', 1024) ?? '',
          attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: content.card }],
        }),
  };
}

/**
 * A text, which is plain unless it mentions somebody or has lines: the tags of a mention are markup, and clients run the
 * lines of a plain text together. See
 * https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/channel-and-group-conversations#add-mentions-to-your-messages.
 */
function createText(text: string, mentions: readonly Mention[]): Partial<Activity> {
  if (mentions.length === 0)
    return text.includes('\n') ? { text: formatLines(text), textFormat: 'xml' } : { text, textFormat: 'plain' };
  const entities = mentions.map((one) => ({
    type: 'mention',
    text: one.text,
    mentioned: { id: one.id, name: one.name },
  }));
  return { text, textFormat: 'xml', entities };
}

/** Lines as markup in which nothing of the text is a tag. */
function formatLines(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\n', '<br>');
}

/** A person in the roster of a chat. A field that the roster does not have is undefined. */
export type Member = {
  readonly name: string | undefined;
  readonly userPrincipalName: string | undefined;
  readonly objectId: string | undefined;
  readonly tenantId: string | undefined;
  /** `user`, `guest` or `anonymous`. */
  readonly role: string | undefined;
};

/** A member as the list of a chat has them. */
export type RosterMember = Member & {
  /** The channel's own id. */
  readonly id: string | undefined;
};

/** Reads a roster. The answer is an array that also has the properties of the HTTP response. */
function readMembers(answer: unknown): readonly RosterMember[] {
  if (!Array.isArray(answer)) throw new ConnectorError('unavailable', undefined);
  return answer.map((one: unknown) => ({ ...readMember(one), id: readTextProperty(one, 'id', 512) }));
}

/** Reads a member. Teams calls the Entra id `aadObjectId` or `objectId`, depending on the call. */
function readMember(answer: unknown): Member {
  return {
    name: readTextProperty(answer, 'name', 256),
    userPrincipalName: readTextProperty(answer, 'userPrincipalName', 320),
    objectId: readTextProperty(answer, 'aadObjectId', 128) ?? readTextProperty(answer, 'objectId', 128),
    tenantId: readTextProperty(answer, 'tenantId', 128),
    role: readTextProperty(answer, 'userRole', 64),
  };
}
