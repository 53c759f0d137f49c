import type { Reading } from './command.ts';
import { nameVariants } from './name-variants.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const places = new Set('at in from @'.split(' '));
const links = new Set('for of'.split(' '));
const most = 6;

/** The readings of a run that begins with the customer: `at Contoso for Jane Doe`, `customer: Contoso, user: Jane Doe`. */
export function splitCustomerFirst(tokens: readonly Token[]): readonly Reading[] {
  const begin = tokens.findIndex((token) => token.kind !== 'mark' || token.text === '@');
  const first = tokens[begin];
  if (first === undefined) {
    return [];
  }
  const isLabelled = vocabulary.customerLabels.has(first.word) && first.kind === 'word';
  const isPlaced = places.has(first.word);
  if (!isLabelled && !isPlaced) {
    return [];
  }
  const ends = tokens.flatMap((token, at) =>
    at > begin + 1 && at < tokens.length - 1 && endsCustomer(token, isLabelled, first.word) ? [at] : [],
  );
  const ordered = ends
    .toSorted((one, other) => rankOf(tokens[one]) - rankOf(tokens[other]) || one - other)
    .slice(0, most);
  const bare = isPlaced && ends.length === 0 ? [1, 2, 3].map((length) => begin + length) : [];
  return [
    ...ordered.flatMap((at) => pair(tokens.slice(at + 1), tokens.slice(begin + 1, at))),
    ...bare.flatMap((at) => pair(tokens.slice(at + 1), tokens.slice(begin + 1, at + 1))),
  ];
}

function endsCustomer(token: Token, isLabelled: boolean, place: string): boolean {
  if (token.kind === 'mark') {
    return ',-|/:;\n'.includes(token.text);
  }
  return (
    links.has(token.word) ||
    (isLabelled && vocabulary.userLabels.has(token.word)) ||
    (place === 'from' && token.word === 'for')
  );
}

function rankOf(token: Token | undefined): number {
  return token !== undefined && (vocabulary.userLabels.has(token.word) || token.word === 'for') ? 0 : 1;
}

function pair(userTokens: readonly Token[], customerTokens: readonly Token[]): readonly Reading[] {
  const [user] = nameVariants(userTokens, 'user');
  return user === undefined ? [] : nameVariants(customerTokens, 'customer').map((customer) => ({ user, customer }));
}
