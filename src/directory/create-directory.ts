import type { AggregatePartner } from '../partner-center/index.ts';
import type { Clock } from '../clock.ts';
import type { Directory, Finding, Reading } from '../reset/ports.ts';
import type { Customer, Target } from '../reset/target.ts';
import { createCustomerList } from './create-customer-list.ts';
import { findCustomers } from './find-customers.ts';
import { findUser } from './find-user.ts';
import { lookUp } from './look-up.ts';
import { readTrouble } from './read-trouble.ts';

const mostChoices = 6;

/**
 * Finds people at Partner Center. Only what was typed exactly counts, and only if exactly one person is that; anything
 * else is a question back.
 */
export function createDirectory({ partner, clock }: { partner: AggregatePartner; clock: Clock }): Directory {
  const listCustomers = createCustomerList(clock);
  return {
    async find(readings, correlationId) {
      const scoped = partner.with({ correlationId });
      try {
        const customers = await listCustomers(scoped);
        const findings: Finding[] = [];
        for (const reading of readings) findings.push(await findReading(scoped, customers, reading));
        return settle(findings);
      } catch (failure) {
        return { kind: 'trouble', trouble: readTrouble(failure) };
      }
    },
    lookUp: (customer, user, correlationId) => lookUp(partner.with({ correlationId }), customer.id, user),
  };
}

async function findReading(
  partner: AggregatePartner,
  customers: readonly Customer[],
  reading: Reading,
): Promise<Finding> {
  const found = findCustomers(customers, reading);
  if (found.kind === 'missing') return { kind: 'customer-missing' };
  if (found.kind === 'none') return { kind: 'no-customer', typed: found.typed, near: found.near };
  const [customer, ...others] = found.customers;
  if (others.length > 0) {
    const typed = reading.customer ?? customer.domain;
    return { kind: 'which-customer', typed, choices: found.customers.slice(0, mostChoices) };
  }
  const users = await findUser(partner, customer, reading.user);
  const [user, ...namesakes] = users.exact;
  if (user === undefined) return { kind: 'no-user', typed: reading.user, customer, near: users.near };
  if (namesakes.length > 0) {
    const choices = users.exact.slice(0, mostChoices).map((one) => ({ customer, user: one }));
    return { kind: 'which-user', typed: reading.user, choices };
  }
  return { kind: 'found', target: { customer, user }, customerInferred: reading.customer === undefined };
}

/** Of several ways to read a sentence the one counts that means somebody; if two mean different people, it asks. */
function settle(findings: readonly Finding[]): Finding {
  const people = new Map<string, { finding: Finding; target: Target }>();
  for (const finding of findings) {
    if (finding.kind !== 'found') continue;
    const key = `${finding.target.customer.id}/${finding.target.user.id}`;
    if (!people.has(key)) people.set(key, { finding, target: finding.target });
  }
  const asked = findings.find((finding) => finding.kind === 'which-user' || finding.kind === 'which-customer');
  const [only, ...others] = people.values();
  if (only !== undefined && others.length === 0 && asked === undefined) return only.finding;
  if (only !== undefined) {
    const more = asked?.kind === 'which-user' ? asked.choices : [];
    const choices = [...[...people.values()].map((one) => one.target), ...more].slice(0, mostChoices);
    return choices.length === 1 && asked !== undefined
      ? asked
      : { kind: 'which-user', typed: only.target.user.displayName, choices };
  }
  const order: readonly Finding['kind'][] = ['which-user', 'which-customer', 'no-user', 'no-customer'];
  for (const kind of order) {
    const match = findings.find((finding) => finding.kind === kind);
    if (match !== undefined) return match;
  }
  return { kind: 'customer-missing' };
}
