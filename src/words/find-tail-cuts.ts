import { isSurelyTail } from './is-surely-tail.ts';
import { measureLead } from './measure-lead.ts';
import { measureTicket } from './measure-ticket.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const most = 4;
const sentenceEnds = new Set('.?!'.split(''));
const softEnds = new Set(',-(;:|/\n'.split(''));
const places = new Set('at from @ in of for with on , the'.split(' '));

/**
 * Where a run that names person and customer may end and courtesy, reasons or another sentence begin: the earliest end
 * first, and last the end of everything, since a name may hold any of these words; save where no name could.
 */
export function findTailCuts(tokens: readonly Token[]): readonly number[] {
  const cuts: number[] = [];
  let hasPlace = false;
  let hasName = false;
  for (let at = 0; at < tokens.length && cuts.length < most; at += 1) {
    const token = tokens[at];
    if (token === undefined) {
      break;
    }
    if (hasName && beginsTail(tokens, at, hasPlace)) {
      cuts.push(at);
      if (isSurelyTail(tokens, at)) {
        return [...new Set(cuts)];
      }
    }
    const isPlace = places.has(token.word);
    hasPlace = hasPlace || /^(?:at|from|@)$/.test(token.word);
    hasName = token.kind === 'mark' || isPlace ? hasName && !isPlace : true;
  }
  return [...new Set([...cuts, tokens.length])];
}

function beginsTail(tokens: readonly Token[], at: number, hasPlace: boolean): boolean {
  const token = tokens[at];
  const next = tokens[at + 1];
  if (token === undefined || token.kind === 'quoted') {
    return false;
  }
  if (token.kind === 'mark') {
    if (sentenceEnds.has(token.text)) {
      return true;
    }
    if (token.text === '\n' && hasPlace && !isOf(next, vocabulary.customerLabels)) {
      return true;
    }
    if (!softEnds.has(token.text) && token.text !== '[') {
      return false;
    }
    const follows = tokens[at + 1]?.kind === 'mark' ? at + 2 : at + 1;
    return isOf(tokens[follows], vocabulary.clauseStarts)
      ? !startsName(tokens, follows)
      : measureTicket(tokens, follows) > 0 || measureLead(tokens, follows) > 0;
  }
  const tellsWhere = token.word === 'who' && /^(?:works?|is|sits|working)$/.test(next?.word ?? '');
  const isOnThePhone = token.word === 'on' && /^(?:phone|line|call)$/.test(tokens[at + 2]?.word ?? '');
  const first = token.word === '&' ? 'and' : token.word;
  const isTail =
    isOnThePhone ||
    (isOf(token, vocabulary.bareTails) && !tellsWhere) ||
    vocabulary.tailPhrases.has(`${first} ${next?.word ?? ''}`);
  return isTail || (token.spaced && measureTicket(tokens, at) > 1) || measureLead(tokens, at) > 1;
}

/** After a comma `the Contoso` or `the Phone House` may be a customer, `the user is locked out` is none. */
function startsName(tokens: readonly Token[], at: number): boolean {
  const word = tokens[at]?.word ?? '';
  return /^(?:the|best|kind|note|id|many|many|let|can|will|may|that|and)$/.test(word) && !hasClauseVerb(tokens, at);
}

function hasClauseVerb(tokens: readonly Token[], at: number): boolean {
  const near = tokens.slice(at + 1, at + 4).map((token) => token.word);
  return near.some((word) =>
    /^(?:is|was|has|had|are|can't|cannot|cant|forgot|needs|called|call|regards|thanks|wishes|please|pls|send|let|me|you|tell|locked|caller|user|client|then|also)$/.test(
      word,
    ),
  );
}

function isOf(token: Token | undefined, words: ReadonlySet<string>): boolean {
  return token?.kind === 'word' && words.has(token.word);
}
