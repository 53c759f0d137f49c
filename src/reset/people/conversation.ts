import type { TenantId } from '../../ids.ts';

/** A chat the bot is in, with what it takes to write into it. */
export type Conversation = {
  readonly id: string;
  readonly kind: 'personal' | 'group-chat' | 'channel';
  readonly serviceUrl: string;
  readonly channelId: string;
  readonly tenantId: TenantId;
  /** The bot's own id in this channel (`28:…`). */
  readonly botId: string;
};

/** One message the bot has sent, with what it takes to update it. */
export type MessageAddress = {
  readonly conversation: Conversation;
  readonly activityId: string;
};
