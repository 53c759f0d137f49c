import { asId, type ObjectId, type TenantId } from '../ids.ts';
import type { Conversation } from '../reset/identity.ts';
import type { Said } from './incoming.ts';
import { readGuid } from './read-guid.ts';
import { readOwnText } from './read-own-text.ts';
import { readOwn } from './read-own.ts';
import { readServiceUrl } from './read-service-url.ts';

const conversationKinds = { personal: 'personal', groupChat: 'group-chat', channel: 'channel' } as const;
const longestId = 512;

/**
 * Who sent an activity and where, or what is wrong with it, by which the gate's rule 10 refuses. In the sandbox ids need not be GUIDs, an Entra id may be
 * missing, and the service address is this machine; outside it none of that passes.
 */
export function readSaid(
  activity: object,
  { sandbox }: { readonly sandbox: boolean },
): { readonly kind: 'said'; readonly said: Said } | { readonly kind: 'malformed'; readonly why: string } {
  const malformed = (why: string) => ({ kind: 'malformed', why }) as const;
  const readId = (text: string | undefined) =>
    text === undefined ? undefined : (readGuid(text) ?? (sandbox ? text : undefined));

  const from = readOwn(activity, 'from');
  const conversation = readOwn(activity, 'conversation');
  const serviceUrl = readServiceUrl(readOwnText(activity, 'serviceUrl', 1024) ?? '', { loopback: sandbox });
  const teamsUserId = readOwnText(from, 'id', longestId);
  const conversationId = readOwnText(conversation, 'id', longestId);
  const botId = readOwnText(readOwn(activity, 'recipient'), 'id', longestId);
  const activityId = readOwnText(activity, 'id', longestId);
  const channelId = readOwnText(activity, 'channelId', longestId);
  if (serviceUrl.kind === 'refused') return malformed(`service address: ${serviceUrl.why}`);
  if (teamsUserId === undefined) return malformed('sender');
  if (conversationId === undefined) return malformed('conversation');
  if (botId === undefined) return malformed('recipient');
  if (activityId === undefined) return malformed('activity id');
  if (channelId === undefined) return malformed('channel');

  const kind = readKind(conversation, sandbox);
  if (kind === undefined) return malformed('kind of conversation');
  const objectId = readId(readOwnText(from, 'aadObjectId', longestId)) ?? (sandbox ? teamsUserId : undefined);
  if (objectId === undefined) return malformed('Entra id of the sender');
  const tenantId = readTenant(activity, conversation);
  if (tenantId.kind === 'malformed') return tenantId;
  const tenant = readId(tenantId.text);
  if (tenant === undefined) return malformed('tenant');

  const place: Conversation = {
    id: conversationId,
    kind,
    serviceUrl: serviceUrl.url,
    channelId,
    tenantId: asId<TenantId>(tenant),
    botId,
  };
  const technician = {
    objectId: asId<ObjectId>(objectId),
    tenantId: asId<TenantId>(tenant),
    teamsUserId,
    name: readOwnText(from, 'name', 256) ?? 'somebody without a name',
    userPrincipalName: undefined,
  };
  return { kind: 'said', said: { technician, conversation: place, activityId } };
}

function readKind(conversation: unknown, sandbox: boolean): Conversation['kind'] | undefined {
  const type = readOwn(conversation, 'conversationType');
  if (type === 'personal' || type === 'groupChat' || type === 'channel') return conversationKinds[type];
  if (type !== undefined || !sandbox) return undefined;
  return readOwn(conversation, 'isGroup') === true ? 'group-chat' : 'personal';
}

function readTenant(
  activity: object,
  conversation: unknown,
): { readonly kind: 'tenant'; readonly text: string } | { readonly kind: 'malformed'; readonly why: string } {
  const places = [
    readOwn(conversation, 'tenantId'),
    readOwn(readOwn(readOwn(activity, 'channelData'), 'tenant'), 'id'),
  ];
  const texts: string[] = [];
  for (const place of places) {
    if (place === undefined || place === null) continue;
    if (typeof place !== 'string' || place === '' || place.length > longestId)
      return { kind: 'malformed', why: 'tenant' };
    texts.push(place);
  }
  const [first, second = first] = texts;
  if (first === undefined) return { kind: 'malformed', why: 'no tenant' };
  return first.toLowerCase() === second?.toLowerCase()
    ? { kind: 'tenant', text: first }
    : { kind: 'malformed', why: 'two tenants' };
}
