import type { Customer, CustomerInferred, CustomerUser, Reading, Target } from '../reset/index.ts';
import type { CustomerCache } from './customer-cache.ts';
import type { DirectoryQuestion } from './directory-question.ts';
import { readAddressDomain } from './domains.ts';
import type { NearOnes } from './judge-typed.ts';
import type { UserCache } from './user-cache.ts';

type LookForNear<Item> = (furthest?: number) => NearOnes<Item>;

/** What one way to read a sentence means. Who is near is looked for only where it is asked. */
export type ReadingFinding =
  | { readonly kind: 'found'; readonly target: Target; readonly customerInferred: CustomerInferred }
  | { readonly kind: 'which-user'; readonly typed: string; readonly choices: readonly Target[] }
  | { readonly kind: 'which-customer'; readonly typed: string; readonly choices: readonly Customer[] }
  | {
      readonly kind: 'no-user';
      readonly typed: string;
      readonly customer: Customer;
      readonly customerInferred: CustomerInferred;
      readonly near: LookForNear<CustomerUser>;
    }
  | {
      readonly kind: 'no-customer';
      readonly typed: string;
      /** The user as typed beside it. */
      readonly user: string;
      readonly near: LookForNear<Customer>;
    }
  | {
      readonly kind: 'unknown-domain';
      readonly typed: string;
      readonly elsewhere: boolean;
      readonly near: LookForNear<Customer>;
    }
  | { readonly kind: 'customer-missing'; readonly typed: string };

/** Where a reading looks for the user. */
type Place = { readonly kind: 'customer'; readonly customer: Customer; readonly inferred: CustomerInferred };
type Nowhere = Extract<
  ReadingFinding,
  { kind: 'which-customer' | 'no-customer' | 'unknown-domain' | 'customer-missing' }
>;

/**
 * Finds the one person that a reading means, or why it means none. Where no customer is named it is the one whose domain
 * the address has, and otherwise the inferred one. Throws `PartnerError`.
 */
export async function findReading(
  books: { readonly customers: CustomerCache; readonly users: UserCache },
  reading: Reading,
  question: DirectoryQuestion,
): Promise<ReadingFinding> {
  const { customers, users } = books;
  const { user: typed } = reading;
  const named = reading.customer === undefined ? await inferCustomer() : await findNamed(reading.customer);
  if (named.kind !== 'customer') return named;
  const { customer, inferred } = named;
  const judged = await users.find(customer, typed, question);
  switch (judged.kind) {
    case 'one':
      return { kind: 'found', target: { customer, user: judged.item }, customerInferred: inferred };
    case 'several':
      return { kind: 'which-user', typed, choices: judged.items.map((user) => ({ customer, user })) };
    case 'none':
      return { kind: 'no-user', typed, customer, customerInferred: inferred, near: judged.near };
  }

  async function findNamed(name: string): Promise<Place | Nowhere> {
    const judged = await customers.find(name, question);
    switch (judged.kind) {
      case 'one':
        return { kind: 'customer', customer: judged.item, inferred: false };
      case 'several':
        return { kind: 'which-customer', typed: name, choices: judged.items };
      case 'none':
        return judged.elsewhere
          ? { kind: 'unknown-domain', typed: name, elsewhere: true, near: judged.near }
          : { kind: 'no-customer', typed: name, user: typed, near: judged.near };
    }
  }

  async function inferCustomer(): Promise<Place | Nowhere> {
    const domain = readAddressDomain(typed);
    if (domain === undefined) {
      const customer = await findContext();
      return customer === undefined
        ? { kind: 'customer-missing', typed }
        : { kind: 'customer', customer, inferred: 'context' };
    }
    const owner = await customers.findByDomain(domain, question);
    if (owner.kind === 'one') return { kind: 'customer', customer: owner.item, inferred: 'address' };
    // The domain names a customer, only not one that is known; whose address it is to the letter is that person.
    const context = owner.elsewhere ? undefined : await findContext();
    const judged = context === undefined ? undefined : await users.find(context, typed, question);
    if (context !== undefined && judged?.kind === 'one') {
      return { kind: 'customer', customer: context, inferred: 'address' };
    }
    return { kind: 'unknown-domain', typed: domain, elsewhere: owner.elsewhere, near: owner.near };
  }

  async function findContext(): Promise<Customer | undefined> {
    const { inferredCustomer } = question;
    return inferredCustomer === undefined ? undefined : customers.findById(inferredCustomer, question);
  }
}
