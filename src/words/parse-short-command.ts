import type { Command } from './command.ts';
import { isNear } from './is-near.ts';
import { readCancel } from './read-cancel.ts';
import { readFreeze } from './read-freeze.ts';
import { readHistory } from './read-history.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const asksForHelp = new Set([
  'help',
  'help me',
  'i need help',
  'need help',
  'commands',
  'command list',
  'usage',
  'menu',
  'start',
  'get started',
  'info',
  'what can you do',
  'what do you do',
  'what can i do',
  'what can i type',
  'what can i say',
  'how does this work',
  'how does it work',
  'how do you work',
  'how do i use this',
  'how do i use you',
  'who are you',
  'what are you',
  'how to use',
  'how can you help',
  'can you help',
  'can you help me',
  'manual',
  'instructions',
  'options',
  'examples',
]);
const asksForStatus = new Set([
  'status',
  'the status',
  'show status',
  'show me the status',
  "what's the status",
  'whats the status',
  'what is the status',
  'bot status',
  'status update',
  'status report',
  'get status',
  'my status',
  'status of my requests',
  'open requests',
  'show open requests',
]);
const stops = new Set([
  'stop',
  'abort',
  'never mind',
  'nevermind',
  'forget it',
  'forget that',
  'cancel',
  'undo',
  'stop it',
  'stop that',
  'no stop',
]);
const smallTalk = new Set([
  'you',
  'you very much',
  'you so much',
  'a lot',
  'very much',
  'so much',
  'how are you',
  'nice to meet you',
]);
/** Reads the commands that are not about one person's password: a greeting, `help`, `status`, `history`, `cancel`, `freeze`, `thaw`. */
export function parseShortCommand(tokens: readonly Token[]): Command | undefined {
  const bare = dropCourtesy(tokens);
  const said = bare
    .map((token) => token.word)
    .filter(Boolean)
    .join(' ');
  const [first, ...rest] = bare;
  if (first === undefined) {
    return greets(tokens)
      ? { kind: 'greeting' }
      : tokens.some((token) => token.text === '?')
        ? { kind: 'help' }
        : undefined;
  }
  if (asksForHelp.has(said) || (bare.length === 1 && isNear(said, 'help'))) {
    return { kind: 'help' };
  }
  if (asksForStatus.has(said)) {
    return { kind: 'status' };
  }
  if (stops.has(said) || (bare.length === 1 && said === 'canel')) {
    return { kind: 'cancel', reference: undefined };
  }
  const isThanks = vocabulary.thanks.has(tokens[0]?.word ?? '') && tokens.length < 5;
  if (isThanks || said === 'how are you' || (greets(tokens) && smallTalk.has(said))) {
    return { kind: 'greeting' };
  }
  switch (first.word) {
    case 'cancel':
      return readCancel(rest);
    case 'freeze':
      return readFreeze('freeze', rest, tokens);
    case 'thaw':
    case 'unfreeze':
    case 'un-freeze':
      return readFreeze('thaw', rest, tokens);
    default:
      return readHistory(bare);
  }
}

function greets(tokens: readonly Token[]): boolean {
  return tokens.some(
    (token) => vocabulary.greetings.has(token.word) || vocabulary.thanks.has(token.word) || token.word === 'locksmith',
  );
}

/** Greetings and courtesy go from both ends; a name in between is left alone. */
function dropCourtesy(tokens: readonly Token[]): readonly Token[] {
  const isCourtesy = (token: Token): boolean =>
    token.kind === 'mark' ||
    (token.kind === 'word' &&
      [vocabulary.greetings, vocabulary.thanks, vocabulary.polite, vocabulary.crowd].some(
        (words) => words.has(token.word) && token.word !== 'you',
      ));
  const from = tokens.findIndex((token) => !isCourtesy(token));
  return from === -1 ? [] : tokens.slice(from, tokens.findLastIndex((token) => !isCourtesy(token)) + 1);
}
