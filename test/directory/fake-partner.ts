import {
  type AggregatePartner,
  type Customer,
  type CustomerUser,
  type Page,
  PartnerError,
} from '../../src/partner-center/index.ts';

/** A user as it stands at the fake; what is left out is undefined. */
export type FakeUser = { readonly id: string } & Partial<Omit<CustomerUser, 'id'>>;
export type FakeCustomer = {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
  readonly customDomains?: readonly string[];
  users: FakeUser[];
};

/**
 * A Partner Center in memory that answers as the real one: deleted users are not listed, customers in a list have no
 * custom domains. `hold` keeps pages of users back; `fail` makes the next calls fail.
 */
export function createFakePartner(customers: FakeCustomer[], pageSize = 2) {
  const calls: string[] = [];
  const faults: PartnerError['code'][] = [];
  let held: Promise<void> | undefined;
  const unreadable = new Map<string, number>();

  async function* pagesOf<Item>(call: string, list: () => readonly Item[]): AsyncGenerator<Page<Item>> {
    const all = [...list()];
    const skipped = unreadable.get(call) ?? 0;
    for (let start = 0; start === 0 || start < all.length; start += pageSize) {
      take(`${call} ${start}`);
      if (held !== undefined) await held;
      await Promise.resolve();
      const items = all.slice(start, start + pageSize);
      const isLastPage = start + pageSize >= all.length;
      yield {
        items,
        skipped,
        totalCount: all.length,
        isFirstPage: start === 0,
        isLastPage,
        continuationToken: undefined,
      };
    }
  }

  function collection<Item>(call: string, list: () => readonly Item[]) {
    return {
      pages: ({ skipUnreadable = false } = {}) => {
        if (!skipUnreadable && unreadable.has(call)) take(call, 'unreadable-answer');
        return pagesOf(call, list);
      },
      async *[Symbol.asyncIterator]() {
        for await (const page of this.pages()) yield* page.items;
      },
    };
  }

  function take(call: string, code = faults.shift()): void {
    calls.push(call);
    if (code !== undefined) throw new PartnerError({ code, message: 'It was told to fail.' });
  }

  const one = (id: string): FakeCustomer => {
    const customer = customers.find((other) => other.id === id);
    if (customer === undefined) throw new PartnerError({ code: 'customer-not-found', message: 'There is none.' });
    return customer;
  };
  const never = () => Promise.reject(new Error('The directory changes nothing.'));

  const partner: AggregatePartner = {
    with: () => partner,
    customers: {
      query: () => collection('customers', () => customers.map((customer) => toCustomer(customer, []))),
      byId: (id) => ({
        async get() {
          await Promise.resolve();
          take(`customer ${id}`);
          const customer = one(id);
          return toCustomer(customer, customer.customDomains ?? []);
        },
        applicationConsents: { create: never },
        users: {
          // As the documents say: deleted users are listed where the one filter that there is asks for them.
          query: (query) => {
            const filter = query?.kind === 'seek' ? undefined : query?.filter;
            const isForDeleted = filter?.value === 'Inactive';
            if (filter !== undefined && !(isForDeleted && filter.field === 'UserState' && filter.operator === 'equals'))
              throw new PartnerError({ code: 'bad-request', message: 'Users cannot be filtered by that.' });
            return collection(`${isForDeleted ? 'deleted users' : 'users'} ${id}`, () =>
              one(id)
                .users.filter(({ state }) => (state === 'inactive') === isForDeleted)
                .map(toUser),
            );
          },
          byId: (userId) => ({
            async get() {
              await Promise.resolve();
              take(`user ${userId}`);
              const user = one(id).users.find((other) => other.id === userId);
              if (user === undefined) throw new PartnerError({ code: 'user-not-found', message: 'There is none.' });
              return toUser(user);
            },
            patch: never,
            resetPassword: never,
            directoryRoles: { get: () => Promise.resolve([]) },
          }),
        },
      }),
    },
  };
  return {
    partner,
    calls,
    /** How often reading a customer's users was begun. */
    readings: (id: string): number => calls.filter((call) => call === `users ${id} 0`).length,
    fail: (...codes: PartnerError['code'][]): void => {
      faults.push(...codes);
    },
    /** Lets each page of a list, `customers` or `users <id>`, have so many items that cannot be read. */
    spoil: (list: string, items: number): void => {
      unreadable.set(list, items);
    },
    hold: (): (() => void) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      held = promise;
      return () => {
        held = undefined;
        resolve();
      };
    },
  };
}

function toCustomer({ id, name, domain }: FakeCustomer, customDomains: readonly string[]): Customer {
  const companyProfile = { tenantId: id, domain, companyName: name };
  return { id, companyProfile, relationshipToPartner: 'reseller', allowDelegatedAccess: undefined, customDomains };
}

function toUser(user: FakeUser): CustomerUser {
  return {
    userPrincipalName: undefined,
    displayName: undefined,
    firstName: undefined,
    lastName: undefined,
    usageLocation: undefined,
    lastDirectorySyncTime: undefined,
    userDomainType: 'none',
    state: 'active',
    softDeletionTime: undefined,
    ...user,
  };
}
