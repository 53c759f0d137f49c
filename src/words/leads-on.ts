import { isPasswordWord } from './is-password-word.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const { polite, wishes, modals, joins, negatedFillers, negators, greetings, crowd, thanks, fronts } = vocabulary;
const lists = [polite, wishes, modals, joins, negatedFillers, negators, greetings, crowd, thanks, fronts];

/** Whether a word leads on to an order, as courtesies and wishes do; after another word, such as a name, `reset` may tell what somebody did. */
export function leadsOn(token: Token | undefined): boolean {
  const word = token?.word ?? '';
  return (
    isPasswordWord(token) || /^(?:out|in|on|it|locked|mind|not)$/.test(word) || lists.some((words) => words.has(word))
  );
}
