import type { Reading } from './command.ts';
import type { Token } from './read-tokens.ts';
import { spell } from './spell.ts';

/** Whether the names of a reading were typed in one piece, and not put together around what was set aside. */
export function isTyped({ user, customer }: Reading, tokens: readonly Token[]): boolean {
  const typed = squeeze(spell(tokens));
  return typed.includes(squeeze(user)) && typed.includes(squeeze(customer ?? ''));
}

function squeeze(text: string): string {
  return text.replaceAll(/[\s"]/g, '');
}
