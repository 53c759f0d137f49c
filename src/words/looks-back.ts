import type { Token } from './read-tokens.ts';

const longest = 5;
const endings = [
  '(?:thanks|thank you|thank u|thx|ty|cheers|ta)(?: very much| so much| a lot)? for(?: the| your| that| doing the)?',
  "(?<!(?:i|we|you|have|i've|we've) )had(?: a| the| his| her| their)",
  '(?:since|after|following)(?: the| a| his| her| their| your| our)?(?: last| latest| recent)?',
  "(?:i'm|im|i am|we're|we are|he's|she's|they're)(?: now| just| already| currently| still)?",
  '(?:^|[,.;!?:\n-] )(?:i|we) (?:wanted to|could|tried to|was going to|were going to|had to|meant to)',
  '(?:^|[,.;!?:\n-] )(?:someone|somebody)(?: already| just| has)?',
];
const before = new RegExp(`(?:^|[ ,])(?:${endings.join('|')})$`);

/** Whether the words before the action at `at` tell of a reset that was, is or might be: `thanks for the`, `since the`, `I'm`. */
export function looksBack(tokens: readonly Token[], at: number): boolean {
  const from = Math.max(0, at - longest);
  const said = tokens.slice(from, at).map((token) => token.word || token.text);
  return before.test(said.join(' '));
}
