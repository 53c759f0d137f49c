import type { Reading } from '../reset/ports.ts';
import type { Customer } from '../reset/target.ts';
import { foldName } from './fold-name.ts';

const mostNear = 6;

/** Which customers a reading means: by id, default domain or exact name; without one, by the domain of the user's address. */
export type FoundCustomers =
  | { readonly kind: 'exact'; readonly customers: readonly [Customer, ...Customer[]] }
  | { readonly kind: 'none'; readonly typed: string; readonly near: readonly Customer[] }
  | { readonly kind: 'missing' };

export function findCustomers(customers: readonly Customer[], reading: Reading): FoundCustomers {
  const at = reading.user.lastIndexOf('@');
  const typed = reading.customer ?? (at === -1 ? undefined : reading.user.slice(at + 1));
  if (typed === undefined) return { kind: 'missing' };
  const wanted = foldName(typed);
  const [first, ...more] = customers.filter((customer) =>
    [customer.id, customer.domain, customer.name].some((name) => foldName(name) === wanted),
  );
  if (first !== undefined) return { kind: 'exact', customers: [first, ...more] };
  if (reading.customer === undefined) return { kind: 'missing' };
  const near = customers.filter((customer) =>
    [customer.domain, customer.name].some((name) => foldName(name).includes(wanted)),
  );
  return { kind: 'none', typed, near: near.slice(0, mostNear) };
}
