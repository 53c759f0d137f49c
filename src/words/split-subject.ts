import type { Reading } from './command.ts';
import { findSeparators } from './find-separators.ts';
import type { Separator } from './find-separators.ts';
import { nameVariants } from './name-variants.ts';
import type { Token } from './read-tokens.ts';
import { splitUnseparated } from './split-unseparated.ts';
import { splitAroundAddress } from './split-around-address.ts';
import { splitCustomerFirst } from './split-customer-first.ts';
import { vocabulary } from './vocabulary.ts';

const wholeStandsAt = 3;

/** Every plausible way to split a run of tokens into a person and a customer, the most plausible first. */
export function splitSubject(tokens: readonly Token[]): readonly Reading[] {
  const byAddress = splitAroundAddress(tokens);
  if (byAddress.length > 0) {
    return byAddress;
  }
  const separators = findSeparators(tokens);
  const whole = nameVariants(tokens, 'user').map((user) => ({ user, customer: undefined }));
  const customerFirst = splitCustomerFirst(tokens);
  const clear = separators.filter((separator) => separator.rank < 3 || tokens[separator.from]?.kind === 'word');
  if (clear.length === 0) {
    return [...customerFirst, ...splitUnseparated(tokens)];
  }
  const splits = clear.flatMap((separator) => join(tokens.slice(0, separator.from), tokens.slice(separator.to)));
  const first = [...customerFirst, ...splitAroundDepartment(tokens, separators), ...splits];
  const turned = clear.filter(({ from }) => tokens[from]?.kind === 'mark' && tokens[from].text !== '@').slice(0, 2);
  return [
    ...first.slice(0, wholeStandsAt),
    ...whole.slice(0, 1),
    ...first.slice(wholeStandsAt),
    ...whole.slice(1),
    ...turned.flatMap(({ from, to }) => join(tokens.slice(to), tokens.slice(0, from))),
  ];
}

function join(userTokens: readonly Token[], customerTokens: readonly Token[]): readonly Reading[] {
  const customers = nameVariants(customerTokens, 'customer');
  return nameVariants(userTokens, 'user').flatMap((user) => customers.map((customer) => ({ user, customer })));
}

/** `Jane from accounting at Contoso`: the department is neither part of the name nor of the customer. */
function splitAroundDepartment(tokens: readonly Token[], separators: readonly Separator[]): readonly Reading[] {
  const inOrder = separators.toSorted((one, other) => one.from - other.from);
  return inOrder.flatMap((separator, index) => {
    const next = inOrder[index + 1];
    if (next === undefined || next.from - separator.to > 3 || next.from === separator.to) {
      return [];
    }
    const between = tokens.slice(separator.to, next.from);
    const isDepartment = between.every((token) => token.kind === 'word' && vocabulary.departments.has(token.word));
    const [user] = nameVariants(tokens.slice(0, separator.from), 'user');
    const [customer] = nameVariants(tokens.slice(next.to), 'customer');
    return isDepartment && user !== undefined && customer !== undefined ? [{ user, customer }] : [];
  });
}
