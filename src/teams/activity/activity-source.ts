import {
  asId,
  type ObjectId,
  parseGuid,
  readProperty,
  readTextProperty,
  teamsTunables,
  type TenantId,
} from '../../base/index.ts';
import type { Conversation, Technician } from '../../reset/index.ts';
import { parseServiceUrl } from '../connector/bot-framework-endpoints.ts';

/** Who sent it, where, and the activity's id, which is the same when Teams delivers it again. */
export type ActivitySource = {
  readonly technician: Technician;
  readonly conversation: Conversation;
  readonly activityId: string;
};

const conversationKinds = { personal: 'personal', groupChat: 'group-chat', channel: 'channel' } as const;
/**
 * Reads who sent an activity and where, or why it is malformed; the gate's rule 10 refuses it then. Only in the sandbox
 * may an id be no GUID, may the Entra id be missing, and is the service address this machine.
 */
export function readActivitySource(
  activity: object,
  { sandbox }: { readonly sandbox: boolean },
): { readonly kind: 'read'; readonly source: ActivitySource } | { readonly kind: 'malformed'; readonly why: string } {
  const malformed = (why: string) => ({ kind: 'malformed', why }) as const;
  const readId = (text: string | undefined) =>
    text === undefined ? undefined : (parseGuid(text) ?? (sandbox ? text : undefined));

  const from = readProperty(activity, 'from');
  const conversation = readProperty(activity, 'conversation');
  const serviceUrl = parseServiceUrl(readTextProperty(activity, 'serviceUrl', 1024) ?? '', { loopback: sandbox });
  const teamsUserId = readTextProperty(from, 'id', teamsTunables.maxIdLength);
  const conversationId = readTextProperty(conversation, 'id', teamsTunables.maxIdLength);
  const botId = readTextProperty(readProperty(activity, 'recipient'), 'id', teamsTunables.maxIdLength);
  const activityId = readTextProperty(activity, 'id', teamsTunables.maxIdLength);
  const channelId = readTextProperty(activity, 'channelId', teamsTunables.maxIdLength);
  if (serviceUrl.kind === 'refused') return malformed(`service address: ${serviceUrl.why}`);
  if (teamsUserId === undefined) return malformed('sender');
  if (conversationId === undefined) return malformed('conversation');
  if (botId === undefined) return malformed('recipient');
  if (activityId === undefined) return malformed('activity id');
  if (channelId === undefined) return malformed('channel');

  const kind = readKind(conversation, sandbox);
  if (kind === undefined) return malformed('kind of conversation');
  const objectId =
    readId(readTextProperty(from, 'aadObjectId', teamsTunables.maxIdLength)) ?? (sandbox ? teamsUserId : undefined);
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
    name: readTextProperty(from, 'name', 256) ?? '',
    userPrincipalName: undefined,
  };
  return { kind: 'read', source: { technician, conversation: place, activityId } };
}

function readKind(conversation: unknown, sandbox: boolean): Conversation['kind'] | undefined {
  const type = readProperty(conversation, 'conversationType');
  if (type === 'personal' || type === 'groupChat' || type === 'channel') return conversationKinds[type];
  if (type !== undefined || !sandbox) return undefined;
  return readProperty(conversation, 'isGroup') === true ? 'group-chat' : 'personal';
}

function readTenant(
  activity: object,
  conversation: unknown,
): { readonly kind: 'tenant'; readonly text: string } | { readonly kind: 'malformed'; readonly why: string } {
  const places = [
    readProperty(conversation, 'tenantId'),
    readProperty(readProperty(readProperty(activity, 'channelData'), 'tenant'), 'id'),
  ];
  const texts: string[] = [];
  for (const place of places) {
    if (place === undefined || place === null) continue;
    if (typeof place !== 'string' || place === '' || place.length > teamsTunables.maxIdLength)
      return { kind: 'malformed', why: 'tenant' };
    texts.push(place);
  }
  const [first, second = first] = texts;
  if (first === undefined) return { kind: 'malformed', why: 'no tenant' };
  return first.toLowerCase() === second?.toLowerCase()
    ? { kind: 'tenant', text: first }
    : { kind: 'malformed', why: 'two tenants' };
}
