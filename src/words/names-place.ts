import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const places = new Set('at from in @ with within for of under'.split(' '));
const between = new Set(
  'the a an our my his her their this that is are was name named called new is other same'.split(' '),
);
const mostBetween = 3;
/** What `at`, `from`, `in`, `with`, `for` lead to where no customer is meant. */
const harmless = new Set(
  (
    'me you him her us them it this that these those which whom who all once least last first present moment time times work home phone mobile desk pc laptop computer ' +
    'lunch reception holiday vacation leave meeting call line hurry rush trouble day days week weeks month morning afternoon evening night today tomorrow now yesterday minute minutes min mins hour hours second seconds while ' +
    'password passwords pw pwd reset resets request ticket case incident call access account accounts login email mail mailbox user users guest name person colleague employee customer client tenant company caller help issue problem system ' +
    'logging signing getting working resetting using asap when if and or to i we he she they be not please pls thanks one someone somebody everyone mr mrs ms miss mister dr prof long ever ref reference id verification security'
  ).split(' '),
);

/** Where somebody may be who is at no customer: `he is at lunch`, `she is with me`. */
const fixed = new Set(
  (
    'me you him her us them it this that these those present moment time times work home phone mobile desk pc laptop computer ' +
    'lunch reception holiday vacation leave meeting airport line last least once all'
  ).split(' '),
);

/** Whether the word at `at` stands where a customer is named: after `at`, `from` or `customer`, save in phrases such as `at the moment`. */
export function namesPlace(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  if (
    (harmless.has(word) && (fixed.has(word) || !saysWhere(tokens, at))) ||
    between.has(word) ||
    places.has(word) ||
    vocabulary.departments.has(word) ||
    /^\d+$/.test(word)
  ) {
    return false;
  }
  let before = at - 1;
  while (before > at - 1 - mostBetween && between.has(tokens[before]?.word ?? '')) {
    before -= 1;
  }
  const lead = tokens[before];
  const isLabelled = /^[:=]$/.test(lead?.text ?? '') && isLabel(tokens[before - 1]);
  return lead !== undefined && (places.has(lead.word) || isLabelled || (isLabel(lead) && before < at - 1));
}

/** `he is at`, `she works for`: the very next word is the place, whatever else it may mean. */
function saysWhere(tokens: readonly Token[], at: number): boolean {
  const [who, is, lead] = [3, 2, 1].map((back) => tokens[at - back]?.word ?? '');
  return (
    (/^(?:at|from|with)$/.test(lead ?? '') &&
      (/^(?:he|she|they|it)'?s$|^they're$/.test(is ?? '') ||
        (/^(?:he|she|they|it|user|caller|who)$/.test(who ?? '') && /^(?:is|works?|was|comes?|are)$/.test(is ?? '')))) ||
    (lead === 'for' && /^(?:he|she|they|who)$/.test(who ?? '') && /^works?$/.test(is ?? ''))
  );
}

function isLabel(token: Token | undefined): boolean {
  return token?.kind === 'word' && vocabulary.customerLabels.has(token.word);
}
