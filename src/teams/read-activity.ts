import type { Incoming, Said } from './incoming.ts';
import { readData } from './read-data.ts';
import { readOwn } from './read-own.ts';
import { readOwnText } from './read-own-text.ts';
import { readSaid } from './read-said.ts';

const mostEntities = 100;

const ignoredTypes: Readonly<Record<string, string>> = {
  // Teams tells of an installation twice; `installationUpdate` is the one that also comes when it is installed again.
  conversationUpdate: 'members or names changed',
  messageUpdate: 'a message was edited',
  messageDelete: 'a message was deleted',
  messageReaction: 'a reaction',
  typing: 'somebody types',
  endOfConversation: 'the conversation ended',
  event: 'an event',
  invokeResponse: 'an answer to an invoke',
};

/**
 * Turns an activity into what it says. Nothing else of it is ever read; whatever is sent, it answers and does not
 * throw. See https://learn.microsoft.com/microsoftteams/platform/bots/how-to/conversations/conversation-messages.
 */
export function readActivity(activity: unknown, options: { readonly sandbox: boolean }): Incoming {
  if (typeof activity !== 'object' || activity === null) return malformed('not an object');
  const type = readOwnText(activity, 'type', 64);
  if (type === undefined) return malformed('type');
  if (!isOurChannel(readOwn(activity, 'channelId'), options.sandbox)) return malformed('channel');
  const ignored = Object.hasOwn(ignoredTypes, type) ? ignoredTypes[type] : undefined;
  if (ignored !== undefined) return { kind: 'ignored', why: ignored };
  switch (type) {
    case 'message':
      return withSaid(activity, options, (said) => readMessage(activity, said));
    case 'invoke':
      return readInvoke(activity, options);
    case 'installationUpdate':
      if (readOwn(activity, 'action') !== 'add') return { kind: 'ignored', why: 'removed or upgraded' };
      return withSaid(activity, options, (said) => ({ kind: 'installed', ...said }));
    default:
      return { kind: 'ignored', why: 'an unknown type' };
  }
}

function readMessage(activity: object, said: Said): Incoming {
  const text = readOwn(activity, 'text') ?? '';
  if (typeof text !== 'string') return malformed('text');
  const value = readOwn(activity, 'value');
  if (text.trim() === '' && typeof value === 'object' && value !== null) {
    return { kind: 'submit', ...said, data: readData(value), replyToId: readReplyTo(activity) };
  }
  return { kind: 'message', ...said, text, botMentions: readBotMentions(activity, said.conversation.botId) };
}

function readInvoke(activity: object, options: { readonly sandbox: boolean }): Incoming {
  const name = readOwnText(activity, 'name', 64) ?? '';
  if (name !== 'adaptiveCard/action') {
    return {
      kind: 'ignored',
      why: /^[\w/.-]+$/.test(name) ? `an invoke called ${name}` : 'an invoke of no known name',
    };
  }
  const value = readOwn(activity, 'value');
  const action = readOwn(value, 'action');
  if (typeof action !== 'object' || action === null) return malformed('value of the invoke');
  if (readOwn(action, 'type') !== 'Action.Execute') return malformed('type of the action');
  const trigger = readOwn(value, 'trigger') ?? 'manual';
  return withSaid(activity, options, (said) => ({
    kind: 'press',
    ...said,
    verb: readOwnText(action, 'verb', 100) ?? '',
    data: readData(readOwn(action, 'data')),
    trigger: trigger === 'manual' ? 'manual' : 'automatic',
    replyToId: readReplyTo(activity),
  }));
}

function readBotMentions(activity: object, botId: string): readonly string[] {
  const entities = readOwn(activity, 'entities');
  if (!Array.isArray(entities)) return [];
  return entities.slice(0, mostEntities).flatMap((entity: unknown) => {
    if (readOwn(entity, 'type') !== 'mention' || readOwn(readOwn(entity, 'mentioned'), 'id') !== botId) return [];
    const text = readOwnText(entity, 'text', 512);
    return text === undefined ? [] : [text];
  });
}

/** It becomes a part of the address to which an answer is put, so it is taken in the form of an id only. */
function readReplyTo(activity: object): string | undefined {
  const id = readOwnText(activity, 'replyToId', 512);
  return id !== undefined && /^(?!\.+$)[\w:|=@;.-]+$/.test(id) ? id : undefined;
}

function isOurChannel(channelId: unknown, sandbox: boolean): boolean {
  return channelId === 'msteams' || (sandbox && (channelId === 'emulator' || channelId === 'webchat'));
}

function withSaid(activity: object, options: { readonly sandbox: boolean }, then: (said: Said) => Incoming): Incoming {
  const read = readSaid(activity, options);
  return read.kind === 'said' ? then(read.said) : read;
}

function malformed(why: string): Incoming {
  return { kind: 'malformed', why };
}
