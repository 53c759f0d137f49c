import type { Clock } from '../clock.ts';
import type { AggregatePartner } from '../partner-center/index.ts';
import type { Directory, Reading } from '../reset/ports.ts';
import { createCustomerBook } from './create-customer-book.ts';
import type { TenantOfDomain } from './create-domain-search.ts';
import { createUserBook } from './create-user-book.ts';
import type { DirectoryQuestion } from './directory-question.ts';
import { findReading, type ReadingFinding } from './find-reading.ts';
import { leavesWordsOut } from './leaves-words-out.ts';
import { lookUp } from './look-up.ts';
import { readTrouble } from './read-trouble.ts';
import { settleFindings } from './settle-findings.ts';

const meansSomebody: Readonly<Record<ReadingFinding['kind'], boolean>> = {
  found: true,
  'which-user': true,
  'which-customer': true,
  'no-user': false,
  'no-customer': false,
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
};

/**
 * Finds people at Partner Center, by an index of the customers and one of the users of each customer that is asked
 * about. Only what was typed exactly counts, and only if exactly one person is that; anything else is a question back.
 */
export function createDirectory({ partner, clock, tenantOfDomain, mostUsers = 300_000 }: DirectoryOptions): Directory {
  const customers = createCustomerBook({ partner, clock, tenantOfDomain });
  const users = createUserBook({ partner, clock, mostUsers, learnDomains: customers.learnDomains });
  return {
    async find(readings, correlationId, options = {}) {
      const question = {
        partner: partner.with({ correlationId }),
        at: clock.now(),
        inferredCustomer: options.inferredCustomer,
        progress: options.progress,
      };
      try {
        const findings = await findAll(readings, { ...question, doubtsNobody: false });
        const isMeant = findings.some(({ kind }) => meansSomebody[kind]);
        return settleFindings(isMeant ? findings : await findAll(readings, { ...question, doubtsNobody: true }));
      } catch (failure) {
        return { kind: 'trouble', trouble: readTrouble(failure) };
      }
    },
    lookUp: (customer, user, correlationId) =>
      lookUp(partner.with({ correlationId }), customer.id, user, (lesson) => {
        users.learn(customer.id, user, lesson);
      }),
  };

  async function findAll(
    readings: readonly Reading[],
    question: DirectoryQuestion,
  ): Promise<readonly ReadingFinding[]> {
    const findings: ReadingFinding[] = [];
    for (const reading of readings) {
      const isPartial = leavesWordsOut(reading, readings);
      const inferredCustomer = isPartial ? undefined : question.inferredCustomer;
      const finding = await findReading({ customers, users }, reading, { ...question, inferredCustomer });
      findings.push(isPartial ? onlyOffered(finding, reading) : finding);
    }
    return findings;
  }
}

/** What a partial reading finds is offered as a choice, and never taken. */
function onlyOffered(finding: ReadingFinding, reading: Reading): ReadingFinding {
  return finding.kind === 'found' ? { kind: 'which-user', typed: reading.user, choices: [finding.target] } : finding;
}
