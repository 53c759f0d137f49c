import type { Activity } from 'botbuilder';
import { ClaimsIdentity, type ConnectorClient } from 'botframework-connector';
import { type Clock, type Random, readTextProperty } from '../../base/index.ts';
import type { Conversation, MessageAddress } from '../../reset/index.ts';
import type { BotAuthentication } from './bot-authentication.ts';
import { parseServiceUrl } from './bot-framework-endpoints.ts';
import { ConnectorError, type ConnectorLimits, retryConnectorCall } from './retries.ts';

/** Calls to the Bot Framework connector. Every one ends in time, and fails with a `ConnectorError` only. */
export type Connector = {
  /** Opens the 1:1 between the bot and a person. Repeating it opens the same one. */
  createConversation(from: Conversation, teamsUserId: string): Promise<Conversation>;
  /** Posts a message, in reply to another one where that is given; the id is what it can be updated by. */
  post(conversation: Conversation, content: MessageContent, options?: PostOptions): Promise<MessageAddress>;
  /** Replaces what a message shows. The only call that may hold a password: repeated, it hits the same message. */
  update(address: MessageAddress, content: MessageContent): Promise<void>;
  /** Looks somebody up in the roster of a chat. */
  member(conversation: Conversation, teamsUserId: string): Promise<Member>;
};

/** `harmless`: nobody minds the message standing there twice, so it is repeated like an update. */
type PostOptions = { readonly replyToId?: string | undefined; readonly harmless?: boolean };

/**
 * Calls made by botframework-connector with the adapter's own credentials, without its retries and with limits of our
 * own. See https://learn.microsoft.com/azure/bot-service/rest-api/bot-framework-rest-connector-api-reference.
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
  /** Whether messages go to this machine, and nowhere else. */
  readonly loopback: boolean;
  /** Where calls to a service address go that was found to be right; elsewhere than there in tests only. */
  readonly route?: (serviceUrl: string) => string;
  readonly clock: Clock;
  readonly random: Pick<Random, 'fraction'>;
  readonly limits: ConnectorLimits;
}): Connector {
  const identity = new ClaimsIdentity([
    { type: 'aud', value: appId },
    { type: 'appid', value: appId },
  ]);
  const clients = authentication.createConnectorFactory(identity);

  async function call<Result>(
    place: Conversation,
    mayRepeat: boolean,
    act: (client: ConnectorClient, options: { abortSignal: AbortSignal }) => Promise<Result>,
  ): Promise<Result> {
    const serviceUrl = parseServiceUrl(place.serviceUrl, { loopback });
    if (serviceUrl.kind === 'refused') throw new ConnectorError('refused', undefined);
    return retryConnectorCall(timing, mayRepeat, async (abortSignal) =>
      act(await clients.create(route(serviceUrl.url)), { abortSignal }),
    );
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
      const answer = await call(from, true, (client, options) =>
        client.conversations.createConversation(parameters, options),
      );
      return { ...from, kind: 'personal', id: readId(answer) };
    },
    async post(conversation, content, { replyToId, harmless = false } = {}) {
      const activity = createMessageActivity(conversation, content, { replyToId });
      const answer = await call(conversation, harmless, ({ conversations }, options) =>
        replyToId === undefined
          ? conversations.sendToConversation(conversation.id, activity, options)
          : conversations.replyToActivity(conversation.id, replyToId, activity, options),
      );
      return { conversation, activityId: readId(answer) };
    },
    async update({ conversation, activityId }, content) {
      const activity = createMessageActivity(conversation, content, { id: activityId });
      await call(conversation, true, (client, options) =>
        client.conversations.updateActivity(conversation.id, activityId, activity, options),
      );
    },
    async member(conversation, teamsUserId) {
      const answer = await call(conversation, true, (client, options) =>
        client.conversations.getConversationMember(conversation.id, teamsUserId, options),
      );
      return readMember(answer);
    },
  };
}

/** The id in an answer. Without one a message cannot be found again, so it counts as not sent. */
function readId(answer: object): string {
  const id = readTextProperty(answer, 'id', 512);
  if (id === undefined) throw new ConnectorError('unavailable', undefined);
  return id;
}

/** What a message shows: a text as it stands, without any markup, or a card. Never both: Teams would split it. */
export type MessageContent =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'card'; readonly card: object };

const conversationTypes = { personal: 'personal', 'group-chat': 'groupChat', channel: 'channel' } as const;

/** The activity that shows `content` in a chat; `ids` says what it answers, or which message it replaces. */
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
      ? { text: content.text, textFormat: 'plain' }
      : { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: content.card }] }),
  };
}

/** Somebody in the roster of a chat. What the roster does not tell is undefined. */
export type Member = {
  readonly name: string | undefined;
  readonly userPrincipalName: string | undefined;
  readonly objectId: string | undefined;
  readonly tenantId: string | undefined;
  /** `user`, `guest` or `anonymous`, as far as the roster says. */
  readonly role: string | undefined;
};

/** Reads one member; Teams calls the Entra id `aadObjectId` or `objectId`, depending on the call. */
function readMember(answer: unknown): Member {
  return {
    name: readTextProperty(answer, 'name', 256),
    userPrincipalName: readTextProperty(answer, 'userPrincipalName', 320),
    objectId: readTextProperty(answer, 'aadObjectId', 128) ?? readTextProperty(answer, 'objectId', 128),
    tenantId: readTextProperty(answer, 'tenantId', 128),
    role: readTextProperty(answer, 'userRole', 64),
  };
}
