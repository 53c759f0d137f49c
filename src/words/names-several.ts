import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const strong = new Set('at from @'.split(' '));
const weak = new Set('in of for with on under'.split(' '));

/** Whether a run of tokens names more than one person. A joining word after the customer began belongs to the customer. */
export function namesSeveral(tokens: readonly Token[]): boolean {
  const addresses = new Set(tokens.filter((token) => token.kind === 'address').map((token) => token.word));
  if (addresses.size > 1 || namesCrowd(tokens)) {
    return true;
  }
  const firstPlace = tokens.findIndex((token) => isOf(token, strong));
  const firstWeak = tokens.findIndex((token, at) => at > 0 && isOf(token, weak));
  const lastPlace = tokens.findLastIndex((token) => isOf(token, strong));
  const firstComma = tokens.findIndex((token) => token.text === ',');
  const commasBefore = tokens.filter((token, at) => token.text === ',' && at < firstPlace).length;
  if (commasBefore > 1 && addresses.size === 0) {
    return true;
  }
  return tokens.some((token, at) => {
    const joins = (token.kind === 'word' && vocabulary.joins.has(token.word)) || token.text === '+';
    if (
      !joins ||
      at === 0 ||
      at === tokens.length - 1 ||
      startsPlace(tokens[at + 1]) ||
      vocabulary.companyAfterAnd.has(tokens[at + 1]?.word ?? '')
    ) {
      return false;
    }
    const isInCustomer = (firstPlace > 0 && firstPlace < at) || (firstWeak > 0 && firstWeak < at);
    if (!isInCustomer) {
      return !(firstComma > 0 && firstComma < at && lastPlace < at && isCompany(tokens, token));
    }
    return /^(?:and|plus|or)$/.test(token.word) && lastPlace > at + 1 && lastPlace < tokens.length - 1;
  });
}

/** `Jane Doe, Smith & Sons`, `Jane Doe, Smith and Jones Ltd`. */
function isCompany(tokens: readonly Token[], join: Token): boolean {
  return join.text === '&' || vocabulary.companyWords.has(tokens.at(-1)?.word ?? '');
}

function namesCrowd(tokens: readonly Token[]): boolean {
  const first = tokens.findIndex((token) => token.kind !== 'mark' && !/^(?:for|of|the|at)$/.test(token.word));
  const word = tokens[first]?.kind === 'word' && tokens[first].spaced ? (tokens[first]?.word ?? '') : '';
  const next = tokens[first + 1]?.word ?? '';
  if (word === 'users' && tokens[first + 1]?.kind === 'mark') {
    return false;
  }
  return (
    vocabulary.crowds.has(word) ||
    (/^(?:two|three|four|five|\d{1,3}|whole|entire|following)$/.test(word) &&
      /^(?:users?|people|accounts|company|team|persons)$/.test(next))
  );
}

function startsPlace(token: Token | undefined): boolean {
  return token !== undefined && (isOf(token, strong) || isOf(token, weak));
}

function isOf(token: Token, words: ReadonlySet<string>): boolean {
  return words.has(token.word) && (token.kind === 'word' || token.text === '@');
}
