import type { Customer, Reading } from '../reset/index.ts';
import type { CustomerCache } from './customer-cache.ts';
import type { DirectoryQuestion } from './directory-question.ts';
import { readAddressDomain } from './domains.ts';
import { findPassedOver } from './find-passed-over.ts';
import { findReading, type ReadingFinding } from './find-reading.ts';
import { fullerReadings, wordsIn } from './fuller-readings.ts';
import { mayTakeContext } from './may-take-context.ts';
import { holdsName } from './names/holds-name.ts';
import type { UserCache } from './user-cache.ts';

/** So many customers are offered. */
const most = 6;

/** What each way to read a sentence means, seen beside the others. Throws `PartnerError`. */
export async function findReadings(
  books: { readonly customers: CustomerCache; readonly users: UserCache },
  readings: readonly Reading[],
  question: DirectoryQuestion,
): Promise<readonly ReadingFinding[]> {
  const findings: ReadingFinding[] = [];
  let passedOver: readonly Customer[] | undefined;
  for (const reading of readings) {
    const mayTake = mayTakeContext(reading, readings);
    const inferredCustomer = mayTake ? question.inferredCustomer : undefined;
    if (mayTake && readAddressDomain(reading.user) === undefined) {
      passedOver ??= await findPassedOver(books.customers, question);
      const [named] = passedOver;
      if (named !== undefined) {
        const context = inferredCustomer && (await books.customers.findById(inferredCustomer, question));
        const choices = [...new Set([...passedOver, ...(context ? [context] : [])])].slice(0, most);
        findings.push({ kind: 'which-customer', typed: named.name, choices });
        continue;
      }
    }
    const finding = await findReading(books, reading, { ...question, inferredCustomer });
    findings.push(await doubt(reading, finding));
  }
  return findings;

  /** Words that a reading passes over may be courtesy, or the rest of another name: then whom it finds is only offered. */
  async function doubt(reading: Reading, finding: ReadingFinding): Promise<ReadingFinding> {
    if (finding.kind !== 'found') return finding;
    const { customer } = finding.target;
    for (const fuller of fullerReadings(reading, readings)) {
      const mayBeAnother = !isSameUser(fuller, reading) || (await namesAnother(fuller, customer, reading));
      if (mayBeAnother) return { kind: 'which-user', typed: reading.user, choices: [finding.target] };
    }
    return finding;
  }

  async function namesAnother(
    { customer: typed = '' }: Reading,
    found: Customer,
    { customer: named }: Reading,
  ): Promise<boolean> {
    const others = (await books.customers.findNear(typed, question)).filter(({ id }) => id !== found.id);
    // An address alone named the customer, so any name of another customer is enough to ask.
    return named === undefined
      ? others.length > 0
      : others.some(({ name, domain }) => holdsName(typed, name) || holdsName(typed, domain));
  }
}

function isSameUser(one: Reading, other: Reading): boolean {
  const [words, others] = [one, other].map(({ user }) => wordsIn({ user, customer: undefined }).join(' '));
  return words === others;
}
