import type { Reading } from '../reset/ports.ts';
import type { Customer, CustomerUser, Target } from '../reset/target.ts';
import type { CustomerBook } from './create-customer-book.ts';
import type { UserBook } from './create-user-book.ts';
import type { DirectoryQuestion } from './directory-question.ts';
import { domainOf } from './domain-of.ts';

/** What one way to read a sentence means. Who is near is looked for only where it is asked. */
export type ReadingFinding =
  | { readonly kind: 'found'; readonly target: Target; readonly customerInferred: boolean }
  | { readonly kind: 'which-user'; readonly typed: string; readonly choices: readonly Target[] }
  | { readonly kind: 'which-customer'; readonly typed: string; readonly choices: readonly Customer[] }
  | {
      readonly kind: 'no-user';
      readonly typed: string;
      readonly customer: Customer;
      readonly customerInferred: boolean;
      readonly near: () => readonly CustomerUser[];
    }
  | { readonly kind: 'no-customer'; readonly typed: string; readonly near: () => readonly Customer[] }
  | { readonly kind: 'customer-missing' };

/**
 * Finds the one person that a reading means, or why it means none. Where no customer is named it is the one whose domain
 * the address has, and otherwise the inferred one. Throws `PartnerError`.
 */
export async function findReading(
  books: { readonly customers: CustomerBook; readonly users: UserBook },
  reading: Reading,
  question: DirectoryQuestion,
): Promise<ReadingFinding> {
  const named = await findCustomer(books.customers, reading, question);
  if (named.kind !== 'customer') return named;
  const { customer } = named;
  const customerInferred = reading.customer === undefined;
  const judged = await books.users.find(customer, reading.user, question);
  switch (judged.kind) {
    case 'one':
      return {
        kind: 'found',
        target: { customer, user: judged.item },
        customerInferred,
      };
    case 'several':
      return {
        kind: 'which-user',
        typed: reading.user,
        choices: judged.items.map((user) => ({ customer, user })),
      };
    case 'none':
      return { kind: 'no-user', typed: reading.user, customer, customerInferred, near: judged.near };
  }
}

async function findCustomer(
  customers: CustomerBook,
  { user, customer: typed }: Reading,
  question: DirectoryQuestion,
): Promise<
  | { readonly kind: 'customer'; readonly customer: Customer }
  | Extract<ReadingFinding, { kind: 'which-customer' | 'no-customer' | 'customer-missing' }>
> {
  if (typed === undefined) {
    const domain = domainOf(user);
    const owner = domain === undefined ? undefined : await customers.byDomain(domain, question);
    const { inferredCustomer } = question;
    const customer =
      owner ?? (inferredCustomer === undefined ? undefined : await customers.byId(inferredCustomer, question));
    return customer === undefined ? { kind: 'customer-missing' } : { kind: 'customer', customer };
  }
  const judged = await customers.find(typed, question);
  switch (judged.kind) {
    case 'one':
      return { kind: 'customer', customer: judged.item };
    case 'several':
      return { kind: 'which-customer', typed, choices: judged.items };
    case 'none':
      return { kind: 'no-customer', typed, near: judged.near };
  }
}
