import { describe, expect, it } from '@jest/globals';
import {
  createPretendPartnerCenter,
  exampleSentence,
  findPerson,
  type PretendUser,
} from '../../../src/sandbox/partner-center/index.ts';

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const { data } = createPretendPartnerCenter();
const globalAdministrator = '62e90394-69f5-4237-9190-012177145e10';

function everybodyAt(customerId: string): readonly PretendUser[] {
  const users = data.users(customerId);
  return (['active', 'inactive'] as const).flatMap(
    (state) => users?.slice(state, undefined, 0, users.count(state)) ?? [],
  );
}

describe('the pretend data', () => {
  it('has 200 customers with ids and domains of their own, and two that share a name', () => {
    expect(data.customers).toHaveLength(200);
    expect(new Set(data.customers.map(({ id }) => id)).size).toBe(200);
    expect(new Set(data.customers.map(({ domain }) => domain)).size).toBe(200);
    expect(new Set(data.customers.map(({ name }) => name.toLowerCase())).size).toBe(199);
    expect(data.customers.filter(({ name }) => name === 'Northwind Traders')).toHaveLength(2);
    expect(data.customers.every(({ id }) => guid.test(id))).toBe(true);
    expect(data.customers.every(({ domain }) => /^[a-z0-9-]{1,63}\.(onmicrosoft\.com|example)$/.test(domain))).toBe(
      true,
    );
  });

  it('has 20 to 2,000 users at each customer, and 100,000 at one', () => {
    const counts = data.customers.map(({ userCount }) => userCount).sort((one, other) => other - one);
    expect(counts[0]).toBe(100_000);
    expect(counts[1]).toBeLessThanOrEqual(2000);
    expect(counts.at(-1)).toBeGreaterThanOrEqual(20);
    expect(new Set(counts).size).toBeGreaterThan(100);
  });

  it('gives no two of its users the same id or UPN', () => {
    const everybody = data.customers.flatMap(({ id }) => everybodyAt(id));
    expect(new Set(everybody.map(({ id }) => id)).size).toBe(everybody.length);
    expect(new Set(everybody.map((user) => user.userPrincipalName.toLowerCase())).size).toBe(everybody.length);
    expect(everybody.filter(({ id }) => !guid.test(id))).toEqual([]);
    const badNames = everybody.filter(
      (user) => !/^[a-z0-9._]+(#EXT#)?@[a-z0-9.-]+\.(onmicrosoft\.com|example)$/.test(user.userPrincipalName),
    );
    expect(badNames).toEqual([]);
  });

  it('finds a user by id without having made the others, and nobody by an id it did not give', () => {
    const customer = data.customers.find(({ userCount }) => userCount === 100_000);
    const last = data.users(customer?.id ?? '')?.slice('active', undefined, 90_000, 1)[0];
    expect(last).toBeDefined();
    expect(data.user(customer?.id ?? '', last?.id.toUpperCase() ?? '')).toEqual(last);
    const other = last?.id.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) ?? '';
    expect(data.user(customer?.id ?? '', other)).toBeUndefined();
    expect(data.user(data.customers[0]?.id ?? '', last?.id ?? '')).toBeUndefined();
    expect(data.user(customer?.id ?? '', '')).toBeUndefined();
  });

  it('is the same for the same seed and another for another', () => {
    const again = createPretendPartnerCenter({ seed: 1, clock: { now: () => 0, after: () => () => undefined } }).data;
    const other = createPretendPartnerCenter({ seed: 2 }).data;
    expect(again.customers).toEqual(data.customers);
    expect(other.customers.map(({ id }) => id)).not.toEqual(data.customers.map(({ id }) => id));
    const idAt = (one: typeof data) => findPerson(one, 'adele.vance@contosobikes.onmicrosoft.com').user.id;
    expect(idAt(again)).toBe(idAt(data));
    expect(idAt(other)).not.toBe(idAt(data));
  });

  it('has users of every kind, namesakes and awkward names at ordinary customers', () => {
    const everybody = data.customers.slice(4).flatMap(({ id }) => everybodyAt(id));
    const count = (fits: (user: PretendUser) => boolean) => everybody.filter(fits).length;
    expect(count(({ roles }) => roles.some(({ id }) => id === globalAdministrator))).toBeGreaterThan(100);
    expect(count(({ lastDirectorySyncTime }) => lastDirectorySyncTime !== null)).toBeGreaterThan(1000);
    expect(count(({ userDomainType }) => userDomainType === 'federated')).toBeGreaterThan(1000);
    expect(count(({ userPrincipalName }) => userPrincipalName.includes('#EXT#'))).toBeGreaterThan(1000);
    expect(count(({ state, softDeletionTime }) => state === 'inactive' && softDeletionTime !== null)).toBeGreaterThan(
      1000,
    );
    const names = new Set(everybody.map(({ displayName }) => displayName));
    for (const part of ["O'Reilly", 'Müller', ' at ', 'Ford', '[Click', '${name}', 'עה', '<script>', '\u202E']) {
      expect([part, [...names].some((name) => name.includes(part))]).toEqual([part, true]);
    }
    const withNamesakes = data.customers.filter(({ id }) => {
      const displayNames = everybodyAt(id).map(({ displayName }) => displayName);
      return new Set(displayNames).size < displayNames.length;
    });
    expect(withNamesakes.length).toBeGreaterThan(100);
  });

  it('has the people that the documentation names, each as it says', () => {
    const person = (name: string, domain = 'contosobikes.onmicrosoft.com') =>
      findPerson(data, `${name}@${domain}`).user;
    expect(exampleSentence).toBe('reset password for Adele Vance at Contoso Bikes');
    const bikes = data.customers.filter(({ name }) => name === 'Contoso Bikes');
    expect(bikes).toHaveLength(1);
    const everybody = everybodyAt(bikes[0]?.id ?? '');
    expect(everybody.filter(({ displayName }) => displayName === 'Adele Vance')).toEqual([person('adele.vance')]);
    expect(person('adele.vance')).toMatchObject({
      roles: [],
      state: 'active',
      lastDirectorySyncTime: null,
      firstName: 'Adele',
      lastName: 'Vance',
    });
    expect(['none', 'managed']).toContain(person('adele.vance').userDomainType);
    expect(person('megan.bowen').roles).toEqual([{ id: globalAdministrator, name: 'Company Administrator' }]);
    expect(person('diego.siciliani').lastDirectorySyncTime).toMatch(/^\d{4}-/);
    expect(person('johanna.lorenz', 'contosobikes.example').userDomainType).toBe('federated');
    expect(person('lee.gu_fabrikam.example#EXT#').state).toBe('active');
    expect(everybody.filter(({ displayName }) => displayName === 'Alex Wilber')).toHaveLength(2);
    expect(person('lynne.robbins').state).toBe('inactive');
  });
});
