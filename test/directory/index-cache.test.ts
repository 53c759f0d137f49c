import { describe, expect, it } from '@jest/globals';
import { asId, type UserId } from '../../src/base/ids.ts';
import { createDirectory, type DirectoryOptions } from '../../src/directory/directory.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { createFakePartner, type FakeCustomer } from './fake-partner.ts';
import { ask, contoso, correlationId, guid, person, say } from './people.ts';

const minute = 60_000;

function house(customers: FakeCustomer[], options: Partial<DirectoryOptions> = {}) {
  const clock = createHandClock();
  const fake = createFakePartner(customers);
  const directory = createDirectory({ partner: fake.partner, clock, ...options });
  const lookUp = (customer: FakeCustomer, user: number) =>
    directory.lookUp(
      { id: asId(customer.id), name: customer.name, domain: customer.domain },
      asId<UserId>(guid(user)),
      correlationId,
    );
  return { clock, directory, lookUp, ...fake };
}

describe('the users of a customer', () => {
  it('are read once for many questions, and once for those that come at the same time', async () => {
    const { directory, readings, calls } = house([
      contoso(person(100, 'Adele Vance'), person(101, 'Bo Li'), person(102, 'Cy Om')),
    ]);
    const names = ['Adele Vance', 'Bo Li', 'cy.om', 'Adele Vance'];
    const findings = await Promise.all(names.map((name) => ask(directory, name, 'Contoso')));
    expect(findings.map(({ kind }) => kind)).toEqual(names.map(() => 'found'));
    await ask(directory, 'Bo Li', 'Contoso');
    expect(readings(guid(1))).toBe(1);
    expect(calls.filter((call) => call === 'customers 0')).toHaveLength(1);
  });

  it('are read again before a name is believed after five minutes, so that a new namesake is found', async () => {
    const customer = contoso(person(100, 'Adele Vance'));
    const { directory, clock, readings } = house([customer]);
    expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toContain('found');
    clock.advance(4 * minute);
    await new Promise(setImmediate);
    customer.users.push(person(101, 'Adele Vance', 'adele2'));
    clock.advance(5 * minute + 1);
    await new Promise(setImmediate);
    expect(readings(guid(1))).toBe(2);
    expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toBe(
      'which-user adele.vance@contoso.example adele2@contoso.example',
    );
    expect(readings(guid(1))).toBe(3);
  });

  it('are read again in the background while they are asked about, and left alone when not', async () => {
    const customer = contoso(person(100, 'Adele Vance'));
    const { directory, clock, readings } = house([customer]);
    await ask(directory, 'Adele Vance', 'Contoso');
    customer.users.push(person(101, 'Adele Vance', 'adele2'));
    clock.advance(4 * minute);
    await new Promise(setImmediate);
    expect(readings(guid(1))).toBe(2);
    expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toContain('which-user');
    expect(readings(guid(1))).toBe(2);
    for (const _ of [1, 2, 3, 4]) {
      clock.advance(4 * minute);
      await new Promise(setImmediate);
    }
    expect(readings(guid(1))).toBe(3);
    expect(clock.waits).toEqual([]);
  });

  it('are not read in the background any more once it was stopped, and a question is answered on', async () => {
    const { directory, clock, readings } = house([contoso(person(100, 'Adele Vance'))]);
    await ask(directory, 'Adele Vance', 'Contoso');
    await ask(directory, 'Adele Vance', 'Contoso');
    directory.stop();
    expect(clock.waits).toEqual([]);
    clock.advance(6 * minute);
    await new Promise(setImmediate);
    expect(readings(guid(1))).toBe(1);
    expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toContain('found');
    expect(readings(guid(1))).toBe(2);
    expect(clock.waits).toEqual([]);
  });

  it('stay as they are where reading them in the background fails', async () => {
    const { directory, clock, readings, fail } = house([contoso(person(100, 'Adele Vance'))]);
    await ask(directory, 'Adele Vance', 'Contoso');
    fail('service-fault', 'service-fault');
    clock.advance(4 * minute);
    await new Promise(setImmediate);
    expect(readings(guid(1))).toBe(2);
    expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toContain('found');
    clock.advance(2 * minute);
    fail('throttled');
    expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toBe('trouble throttled');
    expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toContain('found');
  });

  it('that failed to be read are not kept, and all who waited hear of it', async () => {
    const { directory, fail, readings } = house([contoso(person(100, 'Adele Vance'))]);
    await ask(directory, 'Adele Vance', 'Sea');
    fail('no-answer');
    const all = await Promise.all([1, 2, 3].map(() => ask(directory, 'Adele Vance', 'Contoso')));
    expect(all.map(say)).toEqual([1, 2, 3].map(() => 'trouble no-answer'));
    expect(readings(guid(1))).toBe(1);
    expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toContain('found');
    expect(readings(guid(1))).toBe(2);
  });

  it('who were just created are found at once where reading again costs little', async () => {
    const customer = contoso(person(100, 'Adele Vance'));
    const { directory, clock } = house([customer]);
    expect(say(await ask(directory, 'Bo Li', 'Contoso'))).toBe('no-user');
    customer.users.push(person(101, 'Bo Li'));
    clock.advance(1);
    expect(say(await ask(directory, 'Bo Li', 'Contoso'))).toBe('found Bo Li at Contoso');
  });

  it('are not read again for a typing error where that took long', async () => {
    const { directory, clock, hold, readings } = house([contoso(person(100, 'Adele Vance'))]);
    const release = hold();
    const first = ask(directory, 'Adele Vanc', guid(1));
    await new Promise(setImmediate);
    clock.advance(minute);
    release();
    expect(say(await first)).toBe('no-user, Adele Vance');
    clock.advance(2 * minute);
    expect(say(await ask(directory, 'Adele Vanc', guid(1)))).toBe('no-user, Adele Vance');
    expect(readings(guid(1))).toBe(1);
  });

  it('are told how far they are read, to everybody who waits, whatever one of them does with it', async () => {
    const users = Array.from({ length: 5 }, (_, at) => person(100 + at, `Person Number${at}`));
    const { directory } = house([contoso(...users)]);
    const seen: string[] = [];
    const [first] = await Promise.all([
      ask(directory, 'Bo Li', guid(1), {
        progress: () => {
          throw new Error('The chat is gone.');
        },
      }),
      ask(directory, 'Bo Li', guid(1), { progress: (read, total) => seen.push(`${read} of ${total}`) }),
    ]);
    expect(first.kind).toBe('no-user');
    expect(seen).toEqual(['2 of 5', '4 of 5', '5 of 5']);
  });

  it('and the customers are read without those that cannot be, which are counted in the log', async () => {
    const lines: string[] = [];
    const { directory, spoil } = house([contoso(person(100, 'Adele Vance'), person(101, 'Bo Li'))], {
      log: ({ level, event, skipped }) => lines.push(`${level} ${event} ${skipped}`),
    });
    spoil('customers', 1);
    spoil(`users ${guid(1)}`, 2);
    expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toBe('found Adele Vance at Contoso');
    expect(lines).toEqual(['warn customers-unreadable 1', 'warn users-unreadable 2']);
  });
});

describe('a direct look-up', () => {
  it('teaches a new name, a deletion and somebody new', async () => {
    const customer = contoso(person(100, 'Adele Vance'), person(101, 'Bo Li'));
    const { directory, lookUp, readings } = house([customer]);
    await ask(directory, 'Adele Vance', 'Contoso');
    customer.users = [person(100, 'Adele Lang'), person(102, 'Cy Om')];
    await lookUp(customer, 100);
    expect(await lookUp(customer, 101)).toEqual({ kind: 'gone' });
    await lookUp(customer, 102);
    expect(say(await ask(directory, 'Adele Lang', 'Contoso'))).toContain('found');
    expect(say(await ask(directory, 'Cy Om', 'Contoso'))).toContain('found');
    expect(say(await ask(directory, 'Bo Li', 'Contoso'))).not.toContain('Bo Li');
    expect(say(await ask(directory, 'Adele Vance', 'Contoso'))).toBe('no-user, Adele Lang');
    expect(readings(guid(1))).toBe(1);
  });

  it('is not forgotten by a reading that began before it', async () => {
    const customer = contoso(person(100, 'Adele Vance'), person(101, 'Bo Li'), person(102, 'Cy Om'));
    const { directory, lookUp, hold } = house([customer]);
    const release = hold();
    const asked = ask(directory, 'Adele Vance', guid(1));
    await new Promise(setImmediate);
    customer.users = [person(100, 'Adele Lang'), person(101, 'Bo Li'), person(102, 'Cy Om')];
    await lookUp(customer, 100);
    release();
    expect(say(await asked)).toBe('no-user, Adele Lang');
  });

  it('of an address in an old index is made before it is believed, instead of reading everybody', async () => {
    const customer = contoso(person(100, 'Adele Vance'), person(101, 'Bo Li'));
    const { directory, clock, readings } = house([customer]);
    await ask(directory, 'Bo Li', 'Contoso');
    clock.advance(4 * minute);
    await new Promise(setImmediate);
    clock.advance(20 * minute);
    const before = readings(guid(1));
    expect(say(await ask(directory, 'adele.vance@contoso.example', 'contoso.example'))).toContain('found Adele Vance');
    expect(readings(guid(1))).toBe(before);
    customer.users = [person(100, 'Adele Lang'), person(102, 'New Person', 'adele.vance')];
    expect(say(await ask(directory, 'adele.vance@contoso.example', 'contoso.example'))).toBe(
      'found New Person at Contoso',
    );
  });
});

describe('the memory', () => {
  const three = () =>
    [1, 2, 3].map((number) => ({
      id: guid(number),
      name: `Customer ${number}`,
      domain: `customer${number}.example`,
      users: Array.from({ length: 10 }, (_, at) => person(number * 100 + at, `Person Number${at}`)),
    }));

  it('holds no more users than it may: who was not asked about for longest goes first', async () => {
    const { directory, readings } = house(three(), { maxUsers: 25 });
    for (const number of [1, 2, 1, 3, 1]) await ask(directory, 'Person Number1', guid(number));
    expect([1, 2, 3].map((number) => readings(guid(number)))).toEqual([1, 1, 1]);
    await ask(directory, 'Person Number1', guid(2));
    expect([1, 2, 3].map((number) => readings(guid(number)))).toEqual([1, 2, 1]);
  });

  it('answers a customer that is too large for it, and keeps nothing of it', async () => {
    const { directory, readings, clock } = house(three(), { maxUsers: 5 });
    for (const _ of [1, 2]) expect(say(await ask(directory, 'Person Number1', guid(1)))).toContain('found');
    expect(readings(guid(1))).toBe(2);
    expect(clock.waits).toEqual([]);
  });
});
