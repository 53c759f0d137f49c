import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type TenantId } from '../../../src/ids.ts';
import type { Contact } from '../../../src/reset/ports/stores.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import type { StoreBench } from './store-bench.ts';

const { technician: robin, askedIn } = buildResetRequest();

/** How every store remembers who has written to the bot. */
export function describeContacts(bench: StoreBench): void {
  const contact = (given: Partial<Contact['person']>, seenAt = bench.now): Contact => ({
    person: { ...robin, ...given },
    wroteIn: askedIn,
    seenAt,
  });

  describe('who has written', () => {
    it('is known afterwards, by object id and tenant, in the latest form', async () => {
      const { contacts } = bench.store();
      await contacts.keep(contact({}));
      await contacts.keep(contact({ teamsUserId: '29:new', userPrincipalName: undefined }, bench.now + 1));
      const found = await contacts.find(robin.objectId, robin.tenantId);
      expect(found).toStrictEqual(contact({ teamsUserId: '29:new', userPrincipalName: undefined }, bench.now + 1));
      await expect(contacts.find(robin.objectId, asId<TenantId>('another'))).resolves.toBeUndefined();
      await expect(contacts.latest(robin.tenantId, 10)).resolves.toHaveLength(1);
    });

    it('is listed for one tenant, the latest first, so many at most', async () => {
      const { contacts } = bench.store();
      for (const [at, name] of ['one', 'two', 'three'].entries()) {
        await contacts.keep(contact({ objectId: asId<ObjectId>(name) }, bench.now + at));
      }
      await contacts.keep(contact({ tenantId: asId<TenantId>('another') }));
      const latest = await contacts.latest(robin.tenantId, 2);
      expect(latest.map(({ person }) => person.objectId)).toStrictEqual(['three', 'two']);
      await contacts.keep(contact({ objectId: asId<ObjectId>('one-more') }, bench.now));
      const rest = await contacts.latest(robin.tenantId, 2, latest[1]);
      expect(rest.map(({ person }) => person.objectId)).toStrictEqual(['one', 'one-more']);
      const last = await contacts.latest(robin.tenantId, 2, rest[0]);
      expect(last.map(({ person }) => person.objectId)).toStrictEqual(['one-more']);
    });
  });
}
