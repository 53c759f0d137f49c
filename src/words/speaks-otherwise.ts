import type { Action } from './find-plea.ts';
import { isPasswordWord } from './is-password-word.ts';
import type { Token } from './read-tokens.ts';
import { tellsOfUnnamed } from './tells-of-unnamed.ts';
import { vocabulary } from './vocabulary.ts';

const laterTimes = new Set('tomorrow tonight later'.split(' '));
const places = new Set('at from in of @ the'.split(' '));

/** Whether the sentence, though it says to reset, is of something else: a condition, a failure, a time to come, a chosen password, a thing, somebody unnamed. */
export function speaksOtherwise(tokens: readonly Token[], action: Action): boolean {
  const first = tokens.find(
    (token) => token.kind === 'word' && !vocabulary.greetings.has(token.word) && !vocabulary.polite.has(token.word),
  );
  if (/^(?:if|unless|once|until|after|before)$/.test(first?.word ?? '') && first !== tokens[action.from]) {
    return true;
  }
  return (
    tokens.some(
      (token, at) =>
        at >= action.from &&
        token.kind === 'word' &&
        (tellsOfFailure(tokens, at) || isLater(tokens, at) || setsPassword(tokens, at)),
    ) ||
    namesThing(tokens, action) ||
    tellsOfUnnamed(tokens, action)
  );
}

function tellsOfFailure(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  const next = tokens[at + 1]?.word ?? '';
  const negates = /^(?:didn't|didnt|doesn't|doesnt|isn't|isnt|not|won't)$/.test(word);
  const ends = tokens.slice(at + 1, at + 4).every((token) => token.kind === 'mark');
  return (negates && /^(?:work|working|worked)$/.test(next)) || (/^(?:failed|fails|worked|works)$/.test(word) && ends);
}

function isLater(tokens: readonly Token[], at: number): boolean {
  const ends = tokens
    .slice(at + 1, at + 3)
    .every((token) => token.kind === 'mark' || /^(?:please|thanks|at|morning)$/.test(token.word));
  return laterTimes.has(tokens[at]?.word ?? '') && ends && !places.has(tokens[at - 1]?.word ?? '');
}

/** `… password to Winter2024!`: the bot makes passwords and takes none, and never shows one back. */
function setsPassword(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  if (!/^(?:to|as)$/.test(tokens[at]?.word ?? '') || next === undefined || next.kind === 'address') {
    return false;
  }
  const ends = tokens.slice(at + 2, at + 6).every((token) => token.kind === 'mark');
  const looksSecret = /\d/.test(next.text) && /\p{L}/u.test(next.text) && !/^[\da-f]{8}-/i.test(next.text);
  return (
    (looksSecret && next.kind !== 'mark') ||
    (ends && isPasswordWord(tokens[at - 1]) && (tokens[at - 2]?.word ?? '').endsWith("'s"))
  );
}

/** `reset the router`. */
function namesThing(tokens: readonly Token[], action: Action): boolean {
  if (action.hasPassword || tokens.slice(action.to).some((token) => isPasswordWord(token))) {
    return false;
  }
  const hasArticle = /^(?:the|a|an|my|your|this|all|our)$/.test(tokens[action.to]?.word ?? '');
  const thing = tokens[hasArticle ? action.to + 1 : action.to]?.word ?? '';
  const isPerson = vocabulary.userLabels.has(thing) && !vocabulary.notPeople.has(thing);
  return (
    vocabulary.notPeople.has(thing) ||
    thing === 'account' ||
    (hasArticle && !isPerson && !vocabulary.crowds.has(tokens[action.to]?.word ?? '') && !vocabulary.crowds.has(thing))
  );
}
