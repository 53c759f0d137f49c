import type { Action } from './find-plea.ts';
import { namesSomebody } from './names-somebody.ts';
import { plainWords } from './plain-words.ts';
import type { Token } from './read-tokens.ts';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const tellers = words(
  'says said saying call called calls calling rang rings reports reported report about behalf has have had for that because of as wants needs want need tells told mentioned regarding emailed phoned',
);
const owners = words('a an his her their another some one of the our my this that');
const people = words(
  'boss manager supervisor colleague coworker co-worker assistant secretary pa wife husband partner son daughter mother father brother sister friend user client employee person guy lady gentleman woman man girl director starter teammate ' +
    'apprentice intern trainee temp student teacher member someone somebody',
);
const assents = words(
  'approved approves agreed agrees confirmed confirms knows asked asks vouched verified wants insists',
);
const mostBetween = 4;

/** Whether a story is of somebody whom it does not name: `Bob Smith says his boss forgot his password, reset it`. */
export function tellsOfUnnamed(tokens: readonly Token[], action: Action): boolean {
  if (namesSomebody(tokens, action.to, tokens.length)) {
    return false;
  }
  const isOfUnnamed = /^(?:for|of)$/.test(tokens[action.to]?.word ?? '') && readsUnnamed(tokens, action.to);
  const before = tokens.slice(0, action.from);
  const teller = before.findLastIndex((token, at) => tellers.has(token.word) && readsUnnamed(tokens, at));
  return isOfUnnamed || (teller !== -1 && !isNamedLater(tokens, teller, action));
}

/** After the teller at `at`, over small words, stands a person by no name, who did not only agree. */
function readsUnnamed(tokens: readonly Token[], at: number): boolean {
  const who = findPerson(tokens, at);
  if (who === undefined) {
    return false;
  }
  const next = tokens[who + 1]?.text === ',' ? tokens[who + 2] : tokens[who + 1];
  const isName = next?.kind === 'quoted' || next?.kind === 'address' || (next?.kind === 'word' && !isPlain(next));
  return !isName && !assents.has(next?.word ?? '');
}

function findPerson(tokens: readonly Token[], teller: number): number | undefined {
  for (let at = teller + 1; at <= teller + mostBetween && at < tokens.length; at += 1) {
    const word = (tokens[at]?.word ?? '').replace(/'s?$/, '');
    if (people.has(word) && (/^some(?:one|body)$/.test(word) || owners.has(tokens[at - 1]?.word ?? ''))) {
      return at;
    }
    if (
      !owners.has(word) &&
      !tellers.has(word) &&
      tokens[at]?.text !== ',' &&
      !/^(?:new|other|male|female)$/.test(word)
    ) {
      return undefined;
    }
  }
  return undefined;
}

function isPlain({ word }: Token): boolean {
  return plainWords.has(word) || /^\d+$/.test(word);
}

function isNamedLater(tokens: readonly Token[], teller: number, action: Action): boolean {
  return namesSomebody(tokens, (findPerson(tokens, teller) ?? teller) + 1, action.from);
}
