import type { Finding } from '../ports/partner-center.ts';
import type { Customer, CustomerInferred } from '../target.ts';
import type { Reading } from './question.ts';

/** A finding that asks back. */
export type QuestionBack = Exclude<Finding, { kind: 'found' | 'not-a-reset' }>;

/** What is kept of a sentence that is asked about: whom it may mean, with the customer where one was named. */
export function readingsOf(finding: QuestionBack): readonly Reading[] {
  switch (finding.kind) {
    case 'which-customer':
    case 'no-customer':
    case 'unknown-domain':
    case 'customer-missing':
      return finding.people.map((user) => ({ user, customer: undefined }));
    case 'which-user': {
      const customer = finding.customerInferred === false ? finding.choices[0]?.customer.name : undefined;
      return [{ user: finding.typed, customer }];
    }
    case 'no-user':
      return [
        { user: finding.typed, customer: finding.customerInferred === false ? finding.customer.name : undefined },
      ];
    case 'trouble':
      return [];
  }
}

/** What was typed of the people who may be meant. Of a question of an older version, with that customer only. */
export function typedPeople(readings: readonly Reading[], typed: string): readonly string[] {
  const first = readings.filter((reading) => reading.customer === typed);
  return [...new Set((first.length > 0 ? first : readings).map(({ user }) => user))];
}

/** Whether a customer was typed in one of these readings or concluded, and from what. In doubt it was from the context. */
export function inferCustomerSource(readings: readonly Reading[], { name, domain, id }: Customer): CustomerInferred {
  const own = new Set([name, domain, id].map(foldToLetters));
  const unnamed = readings.filter(({ customer }) => customer === undefined);
  const isTyped = readings.some(({ customer }) => customer !== undefined && own.has(foldToLetters(customer)));
  if (isTyped || unnamed.length === 0) return false;
  return unnamed.every(({ user }) => user.includes('@')) ? 'address' : 'context';
}

function foldToLetters(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** From what the customer of a finding was concluded, where its readings do not say so. */
export function readInferredFrom(finding: QuestionBack): 'address' | 'context' | undefined {
  if (finding.kind !== 'which-user' && finding.kind !== 'no-user') return undefined;
  const customer = finding.kind === 'no-user' ? finding.customer : finding.choices[0]?.customer;
  const { customerInferred } = finding;
  if (customerInferred === false || customer === undefined) return undefined;
  return inferCustomerSource(readingsOf(finding), customer) === customerInferred ? undefined : customerInferred;
}
