import type { Command } from './command.ts';
import { parseReset } from './parse-reset.ts';
import { parseShortCommand } from './parse-short-command.ts';
import { readTokens } from './read-tokens.ts';
import type { Token } from './read-tokens.ts';

const longest = 1000;

/**
 * Reads what a message asks for. The text should have gone through `cleanText`, yet any text will do: it never throws,
 * and its work grows with the length, up to 1,000 characters, beyond which the text is `too-long`.
 */
export function parseCommand(text: string): Command {
  const trimmed = text.trim();
  if (trimmed === '') {
    return { kind: 'nothing' };
  }
  if (trimmed.length > 2 * longest || [...trimmed].length > longest) {
    return { kind: 'too-long' };
  }
  const tokens = dropOwnName(readTokens(trimmed));
  return parseShortCommand(tokens) ?? parseReset(tokens);
}

/** `@Locksmith reset …`, as people type a mention that Teams did not make one. */
function dropOwnName(tokens: readonly Token[]): readonly Token[] {
  const [sign, name] = tokens;
  const isOwn = sign?.text === '@' && name?.word === 'locksmith' && !name.spaced && tokens.length > 2;
  return isOwn ? tokens.slice(2) : tokens;
}
