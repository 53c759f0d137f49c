import { type Clock, type CorrelationId, directoryTunables, type Log } from '../base/index.ts';
import type { AggregatePartner } from '../partner-center/index.ts';
import type { AskedPerson, CustomerFinding, Directory, Finding, FindOptions, SearchScope } from '../reset/index.ts';
import { english } from '../understanding/index.ts';
import { createCustomerCache, type JudgedCustomer } from './customers/customer-cache.ts';
import type { TenantOfDomain } from './customers/domains.ts';
import { createDeletedUserCache, findDeleted, readDeletedUsers } from './users/deleted-users.ts';
import { findInSentence } from './search/find-in-sentence.ts';
import { readTrouble } from './partner-center-mapping.ts';
import { createUserCache, lookUpUser } from './users/user-cache.ts';
import type { UserChanges } from './users/user-changes.ts';

/** The options of a directory. */
export type DirectoryOptions = {
  readonly partner: AggregatePartner;
  readonly clock: Clock;
  /** Looks up the tenant of a domain that is no customer's default domain. Without it such a domain is unknown. */
  readonly tenantOfDomain?: TenantOfDomain | undefined;
  /** Most users in memory, of all customers together. Default 300,000. */
  readonly maxUsers?: number | undefined;
  /** What Microsoft Graph tells of changes among users. Without it Partner Center's pages alone are read. */
  readonly changes?: UserChanges | undefined;
  readonly log?: Log | undefined;
};

/**
 * The directory. `find` and `findCustomer` keep to the reach that they are given. Without one they search all customers,
 * which only the partner itself may; the use cases always give one.
 */
export type PartnerDirectory = Pick<Directory, 'lookUp'> & {
  readonly find: (asked: AskedPerson, correlationId: CorrelationId, options?: Partial<FindOptions>) => Promise<Finding>;
  readonly findCustomer: (
    typed: string,
    correlationId: CorrelationId,
    scope?: Partial<SearchScope>,
  ) => Promise<CustomerFinding>;
  /** Those of these tenant ids that are no customers; `undefined` where Partner Center does not answer. */
  readonly findUnknownCustomers: (
    ids: readonly string[],
    correlationId: CorrelationId,
  ) => Promise<readonly string[] | undefined>;
  /** Number of customers and users in memory. */
  readonly size: () => { readonly customers: number; readonly users: number };
  /** Begins no further reading in the background. Questions are answered on. */
  readonly stop: () => void;
};

/**
 * Creates the directory, which finds customers and users at Partner Center. It has one index of all customers, and one of
 * the users of each customer that a question was about. Only an exact and unique match is a result; anything else
 * becomes a question back.
 */
export function createDirectory({
  partner,
  clock,
  tenantOfDomain,
  maxUsers = directoryTunables.maxUsers,
  changes,
  log,
}: DirectoryOptions): PartnerDirectory {
  const customers = createCustomerCache({ partner, clock, tenantOfDomain, log });
  const users = createUserCache({ partner, clock, maxUsers, addDomains: customers.addDomains, changes, log });
  const deleted = createDeletedUserCache();
  return {
    size: () => ({ customers: customers.size(), users: users.size() }),
    stop() {
      customers.stop();
      users.stop();
    },
    async find(asked, correlationId, options = {}) {
      const question = {
        partner: partner.with({ correlationId }),
        at: clock.now(),
        inferredCustomer: options.inferredCustomer,
        progress: options.progress,
        reach: options.reach,
        onForeign: options.onForeign,
        rechecksNotFound: false,
      };
      try {
        return await findInSentence({ customers, users, deleted }, asked, question, english, options.methods);
      } catch (failure) {
        return { kind: 'trouble', trouble: readTrouble(failure) };
      }
    },
    async findCustomer(typed, correlationId, scope = {}) {
      const question = {
        partner: partner.with({ correlationId }),
        at: clock.now(),
        inferredCustomer: undefined,
        progress: undefined,
        reach: scope.reach,
        onForeign: scope.onForeign,
        rechecksNotFound: false,
      };
      try {
        return toCustomerFinding(await customers.find(typed, question));
      } catch (failure) {
        return { kind: 'trouble', trouble: readTrouble(failure) };
      }
    },
    async findUnknownCustomers(ids, correlationId) {
      const lower = ids.map((id) => id.toLowerCase());
      const question = {
        partner: partner.with({ correlationId }),
        at: clock.now() - directoryTunables.nameTimeToLiveMilliseconds,
        inferredCustomer: undefined,
        progress: undefined,
        reach: undefined,
        onForeign: undefined,
        rechecksNotFound: false,
      };
      try {
        return await customers.findUnknown(lower, question);
      } catch (failure) {
        readTrouble(failure);
        return undefined;
      }
    },
    async lookUp(customer, user, correlationId) {
      const asking = partner.with({ correlationId });
      const found = await lookUpUser(asking, customer.id, user, (fresh) => {
        users.correct(customer.id, user, fresh);
      });
      if (found.kind !== 'gone') return found;
      const index = await readDeletedUsers(asking, customer.id);
      const [only] = index === 'unknown' ? [] : findDeleted(index, [user]);
      return only === undefined ? found : { kind: 'gone', deleted: only };
    },
  };
}

/** The finding of a question about a customer alone. */
function toCustomerFinding(judged: JudgedCustomer): CustomerFinding {
  switch (judged.kind) {
    case 'one':
      return { kind: 'customer', customer: judged.item };
    case 'several':
      return { kind: 'several', customers: judged.items };
    case 'none': {
      const customers = judged.near().items;
      return customers.length === 0 ? { kind: 'nobody' } : { kind: 'near', customers };
    }
  }
}
