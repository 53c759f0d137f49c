import type { Clock, Log } from '../base/index.ts';
import type { AggregatePartner } from '../partner-center/index.ts';
import type { CustomerFinding, Directory, FindCustomer } from '../reset/index.ts';
import { createCustomerCache, type JudgedCustomer } from './customer-cache.ts';
import type { TenantOfDomain } from './domains.ts';
import type { ReadingFinding } from './find-reading.ts';
import { findReadings } from './find-readings.ts';
import { readTrouble } from './partner-center-mapping.ts';
import { settleFindings } from './settle-findings.ts';
import { createUserCache, lookUpUser } from './user-cache.ts';

const meansSomebody: Readonly<Record<ReadingFinding['kind'], boolean>> = {
  found: true,
  'which-user': true,
  'which-customer': true,
  'no-user': false,
  'no-customer': false,
  'unknown-domain': false,
  'customer-missing': false,
};

/** What a directory is made of. */
export type DirectoryOptions = {
  readonly partner: AggregatePartner;
  readonly clock: Clock;
  /** Finds the tenant of a domain that is no customer's default one; left out, such a domain is not known. */
  readonly tenantOfDomain?: TenantOfDomain | undefined;
  /** How many users are kept in memory, of all customers together; default 300,000. */
  readonly mostUsers?: number | undefined;
  readonly log?: Log | undefined;
};

/**
 * Finds people at Partner Center, by an index of the customers and one of the users of each customer that is asked
 * about. Only what was typed exactly counts, and only if exactly one person is that; anything else is a question back.
 */
export function createDirectory({
  partner,
  clock,
  tenantOfDomain,
  mostUsers = 300_000,
  log,
}: DirectoryOptions): Directory & {
  readonly findCustomer: FindCustomer;
  /** How many customers and users are kept in memory. */
  readonly size: () => { readonly customers: number; readonly users: number };
} {
  const customers = createCustomerCache({ partner, clock, tenantOfDomain, log });
  const users = createUserCache({ partner, clock, mostUsers, learnDomains: customers.learnDomains, log });
  return {
    size: () => ({ customers: customers.size(), users: users.size() }),
    async find(readings, correlationId, options = {}) {
      const question = {
        partner: partner.with({ correlationId }),
        at: clock.now(),
        inferredCustomer: options.inferredCustomer,
        passedOver: options.passedOver ?? [],
        progress: options.progress,
      };
      const findAll = (doubtsNobody: boolean) =>
        findReadings({ customers, users }, readings, { ...question, doubtsNobody });
      try {
        const findings = await findAll(false);
        const isMeant = findings.some(({ kind }) => meansSomebody[kind]);
        return settleFindings(isMeant ? findings : await findAll(true), readings);
      } catch (failure) {
        return { kind: 'trouble', trouble: readTrouble(failure) };
      }
    },
    async findCustomer(typed, correlationId) {
      const question = {
        partner: partner.with({ correlationId }),
        at: clock.now(),
        inferredCustomer: undefined,
        passedOver: [],
        progress: undefined,
        doubtsNobody: false,
      };
      try {
        return toCustomerFinding(await customers.find(typed, question));
      } catch (failure) {
        return { kind: 'trouble', trouble: readTrouble(failure) };
      }
    },
    lookUp: (customer, user, correlationId) =>
      lookUpUser(partner.with({ correlationId }), customer.id, user, (lesson) => {
        users.learn(customer.id, user, lesson);
      }),
  };
}

/** What was typed of a customer alone, as it was judged, for whoever asks for no user of theirs. */
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
