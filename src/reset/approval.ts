import type { Conversation, MessageAddress, Technician } from './identity.ts';

/** That a second person was asked to approve a request, where, and what they said. Times are milliseconds since 1970. */
export type Approval = {
  readonly askedAt: number;
  readonly approveBy: number;
  readonly places: readonly AskedPlace[];
  /** How often asking was put off. */
  readonly putOff: number;
  readonly decision: Decision | undefined;
  /** Whether every copy of the card was told of the decision, as far as the chats took it. */
  readonly isShown: boolean;
  /** Whether whoever asked was told in their chat that it came to nothing, as far as the chat took it. */
  readonly isTold: boolean;
};

/** One place where a card asks, or is to ask. */
export type AskedPlace = {
  readonly where: WhereToAsk;
  /** Where the card stands; undefined until it does. */
  readonly card: MessageAddress | undefined;
  /** Whether it cannot stand there, and is not tried any more. */
  readonly isClosed: boolean;
};

/** The chat in which a reset was asked for, or the direct message to one person. */
export type WhereToAsk =
  | { readonly kind: 'chat'; readonly conversation: Conversation }
  /** `member` is the channel's own id of the person, or their Entra object id; `from` says how to reach the channel. */
  | { readonly kind: 'person'; readonly from: Conversation; readonly member: string };

/** What a second person said, and by which right: `person`, `everyone`, or `group:<object id>`. */
export type Decision = {
  readonly kind: 'approved' | 'declined';
  readonly by: Technician;
  readonly at: number;
  readonly right: string;
};

/** Whether the card that asks stands wherever it can. */
export function isAskedEverywhere({ places }: Pick<Approval, 'places'>): boolean {
  return places.every(({ card, isClosed }) => card !== undefined || isClosed);
}

/** Whether a press comes from a chat in which the approval was asked for: a copy of the card elsewhere is none. */
export function isAskedIn({ places }: Pick<Approval, 'places'>, { id, tenantId }: Conversation): boolean {
  return places.some(({ where, card }) => {
    const asked = where.kind === 'chat' ? where.conversation : card?.conversation;
    return asked !== undefined && asked.id === id && asked.tenantId.toLowerCase() === tenantId.toLowerCase();
  });
}
