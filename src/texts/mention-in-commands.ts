import type { Conversation } from '../reset/index.ts';

/**
 * The same text for a chat: where others read along the bot hears only what mentions it, so each command that the text tells to
 * type has the mention before it. What is to be typed in the reader's own chat stays as it is.
 */
export function mentionInCommands(text: string, { kind }: Pick<Conversation, 'kind'>): string {
  if (kind === 'personal') return text;
  return text
    .replaceAll(historyCommand, (_, before: string) => inOwnChat(before))
    .replaceAll(command, (_, before: string, typed: string) => mentioned(before, typed))
    .replaceAll(answer, (_, before: string, typed: string) => mentionedBefore(before, typed));
}

/** The history names people, so it is shown in the own chat alone. */
const historyCommand = /\b([Tt]ype history)(?! there\b| in our own chat\b)/g;
const command =
  /\b([Tt]ype|[Tt]yping|say it like this:|say:|such as) (“?(?:cancel|confirm|freeze|help|status|thaw|reset password)\b(?! in our own chat\b))/g;
/** What is typed there to answer a question. */
const answer = /\b([Tt]ype) ((?:its|their|the) (?:name|number)\b)/g;

const inOwnChat = (before: string): string => `${before} in our own chat`;
const mentioned = (before: string, typed: string): string => `${before} @Locksmith ${typed}`;
const mentionedBefore = (before: string, typed: string): string => `${before} @Locksmith and ${typed}`;
