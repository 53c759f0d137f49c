import type { Reading } from './command.ts';
import { nameOf } from './name-of.ts';
import { nameVariants } from './name-variants.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const longestUser = 5;
const guid = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;
const domain = /^[^.\s]+(?:\.[^.\s]+)*\.\p{L}{2,}$/u;

/** The ways to split a run of words without anything between person and customer: `jane doe contoso ltd`. */
export function splitUnseparated(tokens: readonly Token[]): readonly Reading[] {
  const whole = nameVariants(tokens, 'user').map((user) => ({ user, customer: undefined }));
  const count = tokens.length;
  const owned = tokens.findIndex((token, at) => at < count - 1 && /(?:'s|s')$/.test(token.word));
  const label = tokens.findIndex(
    (token, at) => at > 0 && at < count - 1 && token.kind === 'word' && vocabulary.userLabels.has(token.word),
  );
  const labelled = label === -1 ? [] : pair(tokens.slice(label + 1), tokens.slice(0, label));
  const lengths = orderLengths(tokens).filter((length) => length < count);
  const splits = [
    ...labelled,
    ...splitOwned(tokens, owned),
    ...lengths.flatMap((length) => pair(tokens.slice(0, length), tokens.slice(length))),
  ];
  const backwards = [2, 1]
    .filter((length) => length < count && (length === 2 ? count > 2 : true))
    .flatMap((length) => pair(tokens.slice(-length), tokens.slice(0, -length)));
  const showsCustomer = owned >= 0 || label > 0 || endsLikeCustomer(tokens) || guid.test(tokens[0]?.text ?? '');
  return showsCustomer ? [...splits, ...whole, ...backwards] : [...whole, ...splits, ...backwards];
}

function orderLengths(tokens: readonly Token[]): readonly number[] {
  const count = tokens.length;
  const last = tokens.at(-1);
  const standsAlone = last?.kind === 'quoted' || guid.test(last?.text ?? '') || domain.test(last?.text ?? '');
  const usual = [2, 1, ...Array.from({ length: longestUser - 2 }, (_, index) => index + 3)];
  const first =
    tokens[0]?.kind === 'quoted' || guid.test(tokens[0]?.text ?? '')
      ? [1]
      : standsAlone
        ? [count - 1]
        : count === 2
          ? [1]
          : [];
  return [...new Set([...first, ...usual])].slice(0, longestUser + 1);
}

function endsLikeCustomer(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return (
    tokens.length > 1 &&
    last !== undefined &&
    (last.kind === 'quoted' || vocabulary.companyWords.has(last.word) || domain.test(last.text) || guid.test(last.text))
  );
}

/** `Contoso's Jane Doe`. */
function splitOwned(tokens: readonly Token[], owned: number): readonly Reading[] {
  const owner = tokens[owned];
  if (owner === undefined) {
    return [];
  }
  const suffix = owner.text.endsWith("'") ? 1 : 2;
  const base = { ...owner, text: owner.text.slice(0, -suffix) };
  return pair(tokens.slice(owned + 1), [...tokens.slice(0, owned), base]);
}

function pair(userTokens: readonly Token[], customerTokens: readonly Token[]): readonly Reading[] {
  const [user] = nameVariants(userTokens, 'user');
  const customer = nameOf(customerTokens);
  return user === undefined || customer === undefined ? [] : [{ user, customer }];
}
