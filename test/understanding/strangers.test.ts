import { describe, expect, it } from '@jest/globals';
import { createDirectory } from '../../src/directory/directory.ts';
import type { Finding } from '../../src/reset/ports/partner-center.ts';
import { policyDefaults } from '../../src/reset/policy/policy-defaults.ts';
import { createPretendData } from '../../src/sandbox/data/pretend-data.ts';
import type { PretendUser } from '../../src/sandbox/partner-center/index.ts';
import { createFakePartner, type FakeCustomer, type FakeUser } from '../directory/fake-partner.ts';
import { correlationId } from '../directory/people.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { commandOf, readTable } from './tables.ts';

const data = createPretendData(1, 0);
const usersOf = new Map<string, FakeUser[]>();
const customers = data.customers.map(({ id, name, domain, userCount }): FakeCustomer => ({
  id,
  name,
  domain,
  get users() {
    const known = usersOf.get(id) ?? (data.users(id)?.slice('active', undefined, 0, userCount) ?? []).map(asListed);
    usersOf.set(id, known);
    return known;
  },
}));
const { partner } = createFakePartner(customers, 500);
const directory = createDirectory({ partner, clock: createHandClock() });

const rows = readTable('strangers.tsv').map(([typed = '', meant = '']) => ({ typed, meant }));
const found = Promise.all(rows.map(async ({ typed, meant }) => ({ typed, meant, said: await tell(typed) })));
/** How many of the sentences end at a question that is not needed, or at another than the one that is. */
const mostMissed = 3;

function asListed({ id, displayName, firstName, lastName, userPrincipalName }: PretendUser): FakeUser {
  return { id, displayName, firstName: firstName ?? '', lastName: lastName ?? '', userPrincipalName };
}

/** An address for a person who was found, `?customer` or `?user` for a question, `-` for what is no reset. */
async function tell(typed: string): Promise<string> {
  const command = commandOf(typed);
  if (command.kind !== 'sentence') return '-';
  const { methods } = policyDefaults.verification;
  return sayBriefly(await directory.find({ text: command.text }, correlationId, { methods }));
}

function sayBriefly(finding: Finding): string {
  switch (finding.kind) {
    case 'found':
      return finding.target.user.userPrincipalName;
    case 'customer-missing':
    case 'no-customer':
    case 'unknown-domain':
    case 'which-customer':
      return '?customer';
    case 'no-user':
    case 'which-user':
      return '?user';
    case 'not-a-reset':
      return finding.why === 'missing-user' ? '- whose' : '-';
    case 'trouble':
      return `trouble ${finding.trouble.code}`;
  }
}

/** Whether it is what is wanted; “Whose password?” is a question for the user, and no reset. */
function isRight({ meant, said }: { readonly meant: string; readonly said: string }): boolean {
  return said === meant || (said === '- whose' && meant !== '?customer');
}

describe('sentences by people who do not know the vocabulary', () => {
  it('never lead to another person, nor to anybody where none is meant', async () => {
    const taken = (await found).filter(({ said }) => said.includes('@'));
    expect(taken.filter(({ meant, said }) => said !== meant)).toEqual([]);
  });

  it('lead to who is meant or to the question that is needed, nearly all of them', async () => {
    const missed = (await found).filter((row) => !isRight(row));
    if (missed.length > mostMissed) expect(missed).toEqual([]);
    expect(rows.length).toBeGreaterThan(200);
  });
});
