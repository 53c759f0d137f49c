import { ClaimsIdentity, type ConnectorClient } from 'botframework-connector';
import type { Clock } from '../clock.ts';
import type { Random } from '../random.ts';
import type { Conversation, MessageAddress } from '../reset/identity.ts';
import type { BotAuthentication } from './bot-authentication.ts';
import { ConnectorError } from './connector-error.ts';
import { type Member, readMember } from './read-member.ts';
import { readOwnText } from './read-own-text.ts';
import { readServiceUrl } from './read-service-url.ts';
import { type ConnectorLimits, retryConnectorCall } from './retry-connector-call.ts';
import { type MessageContent, writeActivity } from './write-activity.ts';

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
export type PostOptions = { readonly replyToId?: string | undefined; readonly harmless?: boolean };

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
    const serviceUrl = readServiceUrl(place.serviceUrl, { loopback });
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
      const activity = writeActivity(conversation, content, { replyToId });
      const answer = await call(conversation, harmless, ({ conversations }, options) =>
        replyToId === undefined
          ? conversations.sendToConversation(conversation.id, activity, options)
          : conversations.replyToActivity(conversation.id, replyToId, activity, options),
      );
      return { conversation, activityId: readId(answer) };
    },
    async update({ conversation, activityId }, content) {
      const activity = writeActivity(conversation, content, { id: activityId });
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
  const id = readOwnText(answer, 'id', 512);
  if (id === undefined) throw new ConnectorError('unavailable', undefined);
  return id;
}
