import type { Reading } from './command.ts';
import { createFindUnexplained } from './find-unexplained.ts';
import { nameVariants } from './name-variants.ts';
import { namesSeveral } from './names-several.ts';
import type { Token } from './read-tokens.ts';

const longestLabel = 3;
const mostNames = 2;
const labels = {
  user: /^(?:affected |end |guest )?(?:user|username|user ?name|userid|user id|upn|employee|account|login|user principal name|user email|user account)$/,
  contact: /^(?:name|full name|display name|contact|contact name|e-?mail)$/,
  customer: /^(?:customer|company|client|tenant|organi[sz]ation|org)(?: name)?$/,
  aside:
    /^(?:requester|requestor|requested by|requested for by|caller|reporter|reported by|raised by|opened by|created by|created|submitted by|approver|approved by|manager|assigned to|assignee|technician|agent|ticket|ticket id|ticket no|ticket number|id|ref|reference|case|incident|priority|phone|tel|telephone|mobile|location|site|department|dept|category|date|time|status|sla|impact|urgency|type|source|queue|team)$/,
} as const;

/**
 * Reads a ticket's form: lines of `label: value`, of which one names the user and one the customer. Undefined where it
 * is no such form, or where words outside the lines may name somebody else. Who asked is never the user.
 */
export function readForm(
  tokens: readonly Token[],
  ordered: ReadonlySet<Token>,
): readonly Reading[] | 'several-users' | undefined {
  const lines = splitLines(tokens).map(readLine);
  const valuesOf = (kind: keyof typeof labels) => lines.filter((line) => line.kind === kind).map(({ value }) => value);
  const users = valuesOf('user').length > 0 ? valuesOf('user') : valuesOf('contact');
  const customers = valuesOf('customer');
  if (users.length === 0 || customers.length !== 1) {
    return undefined;
  }
  if (users.some((user) => namesSeveral(user))) {
    return 'several-users';
  }
  const named = users.flatMap((user) => nameVariants(user, 'user').slice(0, mostNames));
  const places = customers.flatMap((customer) => nameVariants(customer, 'customer').slice(0, mostNames));
  const readings = named.flatMap((user) => places.map((customer) => ({ user, customer })));
  const rest = lines.filter(({ kind }) => kind === 'text').flatMap(({ value }) => value);
  const findUnexplained = createFindUnexplained(rest, { ordered, aside: new Set() });
  const isExplained = readings.some((reading) => findUnexplained(reading).length === 0);
  return isExplained ? readings : undefined;
}

function readLine(line: readonly Token[]): { kind: keyof typeof labels | 'text'; value: readonly Token[] } {
  const colon = line.findIndex((token) => token.kind === 'mark');
  if (colon < 1 || colon > longestLabel || line[colon]?.text !== ':') {
    return { kind: 'text', value: line };
  }
  const label = line
    .slice(0, colon)
    .map(({ word }) => word)
    .join(' ');
  const value = line.slice(colon + 1);
  const hasValue = value.some((token) => token.kind !== 'mark');
  const kinds = ['user', 'contact', 'customer', 'aside'] as const;
  const kind = hasValue ? kinds.find((one) => labels[one].test(label)) : 'aside';
  return { kind: kind ?? 'text', value };
}

function splitLines(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const lines: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'mark' && token.text === '\n') {
      lines.push([]);
    } else {
      lines.at(-1)?.push(token);
    }
  }
  return lines;
}
