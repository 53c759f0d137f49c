import type { Activity } from 'botbuilder';
import type { Conversation } from '../reset/identity.ts';

/** What a message shows: a text as it stands, without any markup, or a card. Never both: Teams would split it. */
export type MessageContent =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'card'; readonly card: object };

const types = { personal: 'personal', 'group-chat': 'groupChat', channel: 'channel' } as const;

/** The activity that shows `content` in a chat; `ids` says what it answers, or which message it replaces. */
export function writeActivity(
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
      conversationType: types[conversation.kind],
      name: '',
    },
    ...(ids.id !== undefined && { id: ids.id }),
    ...(ids.replyToId !== undefined && { replyToId: ids.replyToId }),
    ...(content.kind === 'text'
      ? { text: content.text, textFormat: 'plain' }
      : { attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', content: content.card }] }),
  };
}
