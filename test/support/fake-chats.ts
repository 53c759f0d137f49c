import type { ConnectorCall } from './fake-connector-faults.ts';
import { own } from './own.ts';

export type FakeMember = {
  readonly id: string;
  readonly aadObjectId: string;
  readonly name: string;
  readonly userPrincipalName: string;
  readonly tenantId: string;
  readonly userRole?: string;
};

/** A message as it stands now: a text, or a card. */
export type ShownMessage = {
  readonly id: string;
  readonly text: string | undefined;
  readonly card: object | undefined;
  readonly replyToId: string | undefined;
  /** What Teams shows in notifications and in the list of chats. */
  readonly summary: string | undefined;
  /** The ids of the people whom it mentions. */
  readonly mentioned: readonly string[];
};

type Route = { readonly call: ConnectorCall; readonly chat: string; readonly id: string };
type Answer = { readonly status: number; readonly body: object };
type Message = { readonly id: string; readonly versions: ShownMessage[] };

export type FakeChats = ReturnType<typeof createFakeChats>;

const longestMessage = 100_000;

/** The chats of the fake connector, with every version of every message, and the rules of posting to them. */
export function createFakeChats() {
  const chats = new Map<string, Message[]>();
  const members = new Map<string, FakeMember>();
  const joined = new Map<string, FakeMember[]>();
  let number = 0;
  const newId = () => String(1_700_000_000_000 + (number += 1));
  const personalChat = (teamsUserId: string) => `a:1-${teamsUserId}`;

  /** Of a 1:1 with the bot the person; of another chat everybody who is known. */
  function listMembers(chat: string): readonly object[] {
    const alone = [...members.values()].filter(({ id }) => personalChat(id) === chat);
    const [, id] = /^a:1-(?<id>.+)$/.exec(chat) ?? [];
    const own = id === undefined ? [...members.values()] : alone.length > 0 ? alone : [{ id, name: '' }];
    return [...own, ...(joined.get(chat) ?? [])];
  }

  const listIds = (chat: string) => listMembers(chat).map((member) => own(member, 'id'));

  function create(body: object): Answer {
    const list = own(body, 'members');
    const [member, ...others]: unknown[] = Array.isArray(list) ? list : [];
    const id = own(member, 'id');
    const tenantId = own(body, 'tenantId');
    if (typeof tenantId !== 'string' || tenantId === '') return bad('tenantId is missing');
    if (own(own(own(body, 'channelData'), 'tenant'), 'id') !== tenantId) return bad('channelData names another tenant');
    if (own(body, 'isGroup') !== false || typeof own(own(body, 'bot'), 'id') !== 'string')
      return bad('no 1:1 of a bot');
    if (typeof id !== 'string' || id === '' || others.length > 0) return bad('there has to be exactly one member');
    // A person of the tenant may be named by their Entra object id as well.
    const known = [...members.values()].find(({ aadObjectId }) => aadObjectId.toLowerCase() === id.toLowerCase());
    const chat = personalChat(known?.id ?? id);
    if (!chats.has(chat)) chats.set(chat, []);
    return { status: 201, body: { id: chat } };
  }

  function put(route: Route, body: object, size: number): Answer {
    const messages = chats.get(route.chat);
    if (messages === undefined) return problem(404, 'ConversationNotFound');
    if (size > longestMessage) return problem(413, 'MessageSizeTooBig');
    if (own(body, 'type') !== 'message' || own(own(body, 'conversation'), 'id') !== route.chat) return bad('activity');
    const type = own(own(body, 'conversation'), 'conversationType');
    if (type !== 'personal' && type !== 'groupChat' && type !== 'channel') return bad('conversationType');
    if (typeof own(own(body, 'from'), 'id') !== 'string') return bad('from');
    const text = own(body, 'text');
    const attachments = own(body, 'attachments');
    const [attachment, ...more]: unknown[] = Array.isArray(attachments) ? attachments : [];
    const card = own(attachment, 'content');
    const isCard = typeof card === 'object' && card !== null;
    if (isCard === (typeof text === 'string') || more.length > 0) return bad('either a text or one card');
    if (isCard && own(attachment, 'contentType') !== 'application/vnd.microsoft.card.adaptive')
      return bad('contentType');
    const entities = own(body, 'entities');
    const mentions: readonly unknown[] = Array.isArray(entities) ? entities : [];
    // Clients run the lines of a plain text together, so lines are markup.
    const isMarkup = mentions.length > 0 || (typeof text === 'string' && text.includes('<br>'));
    if (!isCard && own(body, 'textFormat') !== (isMarkup ? 'xml' : 'plain')) return bad('textFormat');
    if (typeof text === 'string' && (text.includes('\n') || /<(?!br>|at>|\/at>)/.test(text))) return bad('text');
    const isMentioned = (one: unknown): boolean => {
      const tag = own(one, 'text');
      const known = typeof text === 'string' && typeof tag === 'string' && text.includes(tag);
      return (
        known &&
        own(one, 'type') === 'mention' &&
        listIds(route.chat).includes(String(own(own(one, 'mentioned'), 'id')))
      );
    };
    if (!mentions.every(isMentioned)) return bad('Mention entity does not match text');
    const replyToId = own(body, 'replyToId');
    const summary = own(body, 'summary');
    const shown = {
      text: typeof text === 'string' ? text : undefined,
      card: isCard ? card : undefined,
      replyToId: typeof replyToId === 'string' ? replyToId : undefined,
      summary: typeof summary === 'string' ? summary : undefined,
      mentioned: mentions.map((one) => String(own(own(one, 'mentioned'), 'id'))),
    };
    if (route.call === 'post') {
      const id = newId();
      messages.push({ id, versions: [{ id, ...shown }] });
      return { status: 201, body: { id } };
    }
    const message = messages.find(({ id }) => id === route.id);
    if (message === undefined) return problem(404, 'ActivityNotFoundInConversation');
    message.versions.push({ id: route.id, ...shown });
    return { status: 200, body: { id: route.id } };
  }

  return {
    personalChat,
    /** A chat the bot is in. */
    addChat: (id: string): void => {
      chats.set(id, chats.get(id) ?? []);
    },
    addMember: (member: FakeMember): void => {
      members.set(member.id, member);
    },
    /** Puts somebody into one chat, beside those who are in it anyhow. */
    join: (chat: string, member: FakeMember): void => {
      joined.set(chat, [...(joined.get(chat) ?? []), member]);
    },
    /** The messages of a chat as they stand now. */
    shown: (chat: string): readonly ShownMessage[] =>
      (chats.get(chat) ?? []).flatMap(({ versions }) => versions.slice(-1)),
    /** Every version of one message, the first one first. */
    versions: (chat: string, messageId: string): readonly ShownMessage[] =>
      chats.get(chat)?.find(({ id }) => id === messageId)?.versions ?? [],
    handle(route: Route | undefined, text: string, contentType: string | undefined): Answer {
      if (route === undefined) return problem(404, 'NotFound');
      if (route.call === 'members') {
        return chats.has(route.chat)
          ? { status: 200, body: listMembers(route.chat) }
          : problem(404, 'ConversationNotFound');
      }
      if (route.call === 'member') {
        const member = members.get(route.id);
        if (!chats.has(route.chat)) return problem(404, 'ConversationNotFound');
        return member === undefined ? problem(404, 'MemberNotFoundInConversation') : { status: 200, body: member };
      }
      if (contentType?.startsWith('application/json') !== true) return problem(415, 'UnsupportedMediaType');
      const body = parse(text);
      if (body === undefined) return bad('the body is not a JSON object');
      return route.call === 'create' ? create(body) : put(route, body, text.length);
    },
  };
}

function parse(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function bad(message: string): Answer {
  return { status: 400, body: { error: { code: 'BadSyntax', message } } };
}

function problem(status: number, code: string): Answer {
  return { status, body: { error: { code, message: code } } };
}
