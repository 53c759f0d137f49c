import type { Action } from './find-plea.ts';
import { isPasswordWord } from './is-password-word.ts';
import { leadsOn } from './leads-on.ts';
import type { Token } from './read-tokens.ts';

const refusals = new Set(
  (
    'ignore ignoring refuse block blocking deny denying reject rejecting decline disregard skip dismiss ' +
    'withdraw abort cancel prevent halt pause postpone delay suspend scrap drop delete remove close forget ' +
    'stop hold wait revoke retract recall rollback unsend hang quit avoid refrain leave park defer reverse ' +
    'reconsider'
  ).split(' '),
);
const between = new Set(
  (
    'the this that my our his her their any all a on off with from to for of up back out by last previous ' +
    'earlier current pending request requests ticket call it a please just before until resetting order'
  ).split(' '),
);
const callsOff = startsWith([
  '(?:hold|hang) (?:on|off|fire)',
  String.raw`stop\b`,
  String.raw`wait\b`,
  'scratch (?:that|this|it)',
  'strike that',
  'on second thoughts?',
  'changed my mind',
  'false alarm',
  "(?:is |it's |was )?(?:not|isn't|no longer|not longer) (?:needed|necessary|required|urgent now)",
  'no longer',
  'not any ?more',
  String.raw`(?:ignore|forget|disregard|cancel|undo|leave|drop|skip|scrap|abort) (?:that|this|it|me|my|the|him|her|them)\b`,
  String.raw`disregard\b`,
  'too late',
  'already (?:done|sorted|fixed|reset|resolved|got)',
  String.raw`(?:now |all |has been |been |is |it's |got )?(?:sorted|resolved|fixed)\b`,
  '(?:he|she|they|user|caller|has|just|now|i) (?:just |has |have |now |already )*(?:remembered|remembers|found|got back|got in|is in now|figured)',
  "don't bother",
  'do not bother',
  'never ?mind',
  'nevermind',
  'as you were',
  'kidding',
  'just joking',
  String.raw`jk\b`,
  'just testing',
  'only testing',
  'test only',
  'this is a test',
  'no action',
  'do nothing',
  'not (?:now|yet|today)',
]);
const corrects = startsWith([
  "(?:no |sorry |or |ah |oh |well |er |erm )?(?:i|we) (?:mean|meant|should have said|should've said|was thinking|typed|wrote|think it's|think it was)",
  'no wait',
  'oops',
  'whoops',
  'oopsie',
  'correction',
  'correct(?:ion)? that',
  String.raw`(?:my |a )?(?:bad|mistake|typo)\b`,
  'wrong (?:person|user|customer|one|name|company|tenant|guy|girl|lady|man|woman|client|account|chat|window|button|bot|jane|john|domain|address|email)',
  String.raw`rather\b`,
  'make that',
  'make it',
  'change that',
  'that should',
  'should (?:be|read|say|have been)',
  "it's actually",
  'its actually',
  'is actually',
  'actually',
  'no not',
  String.raw`not (?:him|her|them|that|this|the|a)\b`,
  'instead of',
  'the other one',
  'other one',
  String.raw`err?\b`,
  String.raw`erm?\b`,
  String.raw`hmm+\b`,
  String.raw`uh\b`,
  String.raw`um\b`,
  'ah no',
  'oh no',
  'no no',
  'no sorry',
  'sorry no',
  'sorry not',
  'sorry wrong',
  'sorry that',
  "sorry it's",
  'sorry its',
  'sorry i',
]);

/** What takes an order back: `called-off` by a refusal before the words that say to reset or a change of mind after them, `corrected` by naming it anew. */
export function findRetraction(tokens: readonly Token[], action: Action): 'called-off' | 'corrected' | undefined {
  if (isRefused(tokens, action)) {
    return 'called-off';
  }
  let found: 'corrected' | undefined;
  for (let at = action.to; at < tokens.length; at += 1) {
    if (opensClause(tokens, at)) {
      const said = tokens
        .slice(at, at + 5)
        .map((token) => token.word)
        .filter((word) => word !== ',' && word !== '.')
        .join(' ');
      if (callsOff.test(said)) {
        return 'called-off';
      }
      found ??= corrects.test(said) ? 'corrected' : undefined;
    }
  }
  return found;
}

/** `ignore the reset`, `hold off on resetting`: a refusal at the beginning of the clause, and but small words up to the order. */
function isRefused(tokens: readonly Token[], action: Action): boolean {
  let at = action.from - 1;
  while (at >= 0 && (between.has(tokens[at]?.word ?? '') || isPasswordWord(tokens[at]))) {
    at -= 1;
  }
  const token = tokens[at];
  const isOrdered =
    at === 0 || (isBoundary(tokens[at - 1]) && !/^(?:don't|dont|not|never)$/.test(tokens[at - 1]?.word ?? ''));
  return token?.kind === 'word' && refusals.has(token.word) && isOrdered;
}

/** What stands after an `@` is a customer, whatever it is called. */
function opensClause(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  const isAfterMark = before?.kind === 'mark' && before.word !== '@';
  return tokens[at]?.kind === 'word' && (isAfterMark || isSpoken(tokens, at));
}

/** Without a mark before it, only what could hardly be part of a name. */
function isSpoken(tokens: readonly Token[], at: number): boolean {
  const pair = `${tokens[at]?.word ?? ''} ${tokens[at + 1]?.word ?? ''}`;
  return /^(?:i (?:mean|meant)|no wait|scratch that|oops\b|wrong (?:person|user|customer|one)|actually\b|forget it|hold (?:on|off)|ignore (?:that|this)|false alarm|no longer|not needed|but (?:wait|no|hold)|make that|my (?:bad|mistake)|changed my|on second)/.test(
    pair,
  );
}

function isBoundary(token: Token | undefined): boolean {
  return (
    token === undefined ||
    token.kind === 'mark' ||
    leadsOn(token) ||
    /^(?:but|to|we|i|you|should|let|let's)$/.test(token.word)
  );
}

function startsWith(patterns: readonly string[]): RegExp {
  // To the end of the word: a customer may be called Upstream or Corrections Ltd.
  return new RegExp(`^(?:${patterns.join('|')})(?![\\p{L}\\p{N}])`, 'u');
}
