import { describe, expect, it } from '@jest/globals';
import { asId, type UserId } from '../../../src/base/ids.ts';
import { createDirectory } from '../../../src/directory/directory.ts';
import { describeDeleted } from '../../../src/texts/search-results.ts';
import { createHandClock } from '../../support/hand-clock.ts';
import { createFakePartner, type FakeUser } from '../fake-partner.ts';
import { ask, contoso, correlationId, customerId, guid, person } from '../people.ts';

const at = Date.UTC(2026, 10, 3, 9);

const deleted = (number: number, name: string, nickname?: string): FakeUser => ({
  ...person(number, name, nickname),
  state: 'inactive',
  softDeletionTime: new Date(at).toISOString(),
});

const lynne = deleted(7, 'Lynne Robbins');

const told = {
  id: lynne.id,
  displayName: 'Lynne Robbins',
  userPrincipalName: 'lynne.robbins@contoso.example',
  deletedAt: at,
};

const lookUps = (calls: readonly string[]) => calls.filter((call) => call.startsWith('deleted users'));

function open(...users: FakeUser[]) {
  const fake = createFakePartner([contoso(person(1, 'Adele Vance'), ...users)]);
  return { ...fake, directory: createDirectory({ partner: fake.partner, clock: createHandClock() }) };
}

describe('a person who was deleted', () => {
  it.each(['Lynne Robbins', 'lynne robbins', 'Robbins, Lynne', 'lynne.robbins@contoso.example'])(
    'is found as deleted, with the day, by one look-up: %s',
    async (typed) => {
      const { directory, calls } = open(lynne);
      const found = await ask(directory, typed, 'Contoso');
      expect(found).toMatchObject({ kind: 'no-user', near: [], deleted: [told] });
      expect(lookUps(calls)).toStrictEqual([`deleted users ${guid(1)} 0`]);
    },
  );

  it('is found by an id that Partner Center knows no longer, also when they are read again', async () => {
    const gone = createFakePartner([contoso(person(1, 'Adele Vance'), lynne)]);
    // The single read of a deleted user may be refused: then the list of deleted ones tells.
    const partner = {
      ...gone.partner,
      with: () => partner,
      customers: {
        ...gone.partner.customers,
        byId: (id: string) => {
          const customer = gone.partner.customers.byId(id);
          const missing = customer.users.byId(guid(99));
          return { ...customer, users: { ...customer.users, byId: () => missing } };
        },
      },
    } as typeof gone.partner;
    const directory = createDirectory({ partner, clock: createHandClock() });
    expect(await ask(directory, lynne.id, 'Contoso')).toMatchObject({ kind: 'no-user', deleted: [told] });
    const customer = { id: customerId(1), name: 'Contoso', domain: 'contoso.example' };
    expect(await directory.lookUp(customer, asId<UserId>(lynne.id), correlationId)).toStrictEqual({
      kind: 'gone',
      deleted: told,
    });
    expect(await directory.lookUp(customer, asId<UserId>(guid(98)), correlationId)).toStrictEqual({ kind: 'gone' });
  });

  it('is found by the address that they had, which Entra has put their id before', async () => {
    const moved = { ...lynne, userPrincipalName: `${lynne.id.replaceAll('-', '')}${lynne.userPrincipalName ?? ''}` };
    const { directory } = open(moved);
    expect(await ask(directory, 'lynne.robbins@contoso.example', 'Contoso')).toMatchObject({ deleted: [told] });
  });

  it.each([
    'Lynne Robins',
    'Lyne Robbins',
    'Robbins',
    'Lynne',
    'lynne.robins@contoso.example',
    `${lynne.id.replaceAll('-', '')}lynne.robbins@contoso.example`,
  ])('is found by a typing error, a part of the name, or the address that Entra shows: %s', async (typed) => {
    const { directory } = open(lynne);
    expect(await ask(directory, typed, 'Contoso')).toMatchObject({ kind: 'no-user', deleted: [told] });
  });

  it('is not told where somebody living is near', async () => {
    const { directory } = open(lynne, person(9, 'Lynne Robinson'));
    const found = await ask(directory, 'Lynne Robinsen', 'Contoso');
    expect(found).toMatchObject({ kind: 'no-user', near: [{ displayName: 'Lynne Robinson' }] });
    expect(found).not.toHaveProperty('deleted');
  });

  it('is told in one sentence with others of that name', () => {
    const one = { ...told, id: asId<UserId>(told.id) };
    const { problem } = describeDeleted([one, { ...one, displayName: 'Lynne Other' }], 'Contoso', (text) => text);
    expect(problem.match(/[.](?=\s|$)/g)).toHaveLength(1);
  });

  it('is told with all others of that name', async () => {
    const { directory } = open(lynne, deleted(8, 'Lynne Robbins', 'lynne.robbins2'));
    const found = await ask(directory, 'Lynne Robbins', 'Contoso');
    expect(found.kind === 'no-user' && found.deleted !== 'unknown' && found.deleted?.map(({ id }) => id)).toStrictEqual(
      [lynne.id, guid(8)],
    );
  });

  it('is told beside those who are near and live', async () => {
    const { directory } = open(lynne, person(9, 'Lynn Robbins'));
    expect(await ask(directory, 'Lynne Robbins', 'Contoso')).toMatchObject({
      kind: 'no-user',
      near: [{ displayName: 'Lynn Robbins' }],
      deleted: [told],
    });
  });

  it('is not asked for where somebody who lives has that name, and not told where it only looks similar', async () => {
    const { directory, calls } = open(lynne, person(9, 'Lynne Robbins', 'lynne.robbins9'));
    expect(await ask(directory, 'Lynne Robbins', 'Contoso')).toMatchObject({ kind: 'found' });
    expect(lookUps(calls)).toStrictEqual([]);
    const near = await ask(directory, 'Lynne Robbin', 'Contoso');
    expect(near).not.toHaveProperty('deleted');
  });

  it('is unknown where the deleted cannot be read; that nobody lives of that name is said all the same', async () => {
    const { directory, fail } = open(lynne);
    await ask(directory, 'Adele Vance', 'Contoso');
    fail('missing-privilege');
    expect(await ask(directory, 'Lynne Robbins', 'Contoso')).toMatchObject({ kind: 'no-user', deleted: 'unknown' });
  });

  it('is not one whom the answer does not call deleted, though it was asked for the deleted alone', async () => {
    const fake = createFakePartner([contoso(person(1, 'Adele Vance'))]);
    const everybody = fake.partner.customers.byId(guid(1)).users.query();
    const partner = {
      ...fake.partner,
      with: () => partner,
      customers: {
        ...fake.partner.customers,
        byId: (id: string) => {
          const customer = fake.partner.customers.byId(id);
          return { ...customer, users: { ...customer.users, query: () => everybody } };
        },
      },
    } as typeof fake.partner;
    const directory = createDirectory({ partner, clock: createHandClock() });
    expect(await ask(directory, 'Adele Vanse', 'Contoso')).not.toHaveProperty('deleted');
  });
});
