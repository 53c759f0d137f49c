import type { Conversation } from './conversation.ts';
import type { Technician } from './technician.ts';

/** Somebody who has written to the bot, who therefore can be written to. */
export type Contact = {
  readonly person: Technician;
  /** Where they last wrote: from there a direct message is opened. */
  readonly wroteIn: Conversation;
  /** Milliseconds since 1970 in UTC. */
  readonly seenAt: number;
};
