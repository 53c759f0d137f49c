import { describe, expect, it } from '@jest/globals';
import { asId, type ObjectId, type TenantId } from '../../../src/base/ids.ts';
import type { Contact } from '../../../src/reset/ports/stores.ts';
import type { SealedPassword } from '../../../src/reset/request.ts';
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

/** How every store keeps the sealed sign-in. */
export function describeTokens(bench: StoreBench): void {
  describe('the sealed sign-in', () => {
    const tokens = () => bench.store().tokens;
    const sealed = (text: string): SealedPassword => ({ keyId: 'key', nonce: 'nonce', ciphertext: text });
    const leased = (owner: string, from = bench.now) => ({ owner, now: from, until: from + 30_000 });

    it('is not there before somebody has signed in, and cannot be leased', async () => {
      await expect(tokens().read()).resolves.toBeUndefined();
      await expect(tokens().lease(1, leased('first'))).resolves.toBe(false);
      await expect(tokens().renew(1, 'first', sealed('a'))).resolves.toBe(false);
      await tokens().release('first');
    });

    it('is kept over a restart, and replaced by the next one', async () => {
      await tokens().put(sealed('one'));
      await tokens().put(sealed('two'));
      await bench.store().close();
      await bench.reopen();
      await expect(tokens().read()).resolves.toStrictEqual({ version: 2, sealed: sealed('two') });
    });

    it('is leased by one of many at once, and by the next when the time of the first is over', async () => {
      await tokens().put(sealed('one'));
      const owners = Array.from({ length: 8 }, (_, number) => `instance-${number}`);
      const won = await Promise.all(owners.map((owner) => tokens().lease(1, leased(owner))));
      expect(won.filter(Boolean)).toHaveLength(1);
      await expect(tokens().lease(1, leased('late', bench.now + 29_999))).resolves.toBe(false);
      await expect(tokens().lease(1, leased('late', bench.now + 30_000))).resolves.toBe(true);
    });

    it('is renewed by whoever has the lease, once', async () => {
      await tokens().put(sealed('one'));
      await tokens().lease(1, leased('first'));
      await expect(tokens().renew(1, 'second', sealed('two'))).resolves.toBe(false);
      await expect(tokens().renew(1, 'first', sealed('two'))).resolves.toBe(true);
      await expect(tokens().renew(1, 'first', sealed('three'))).resolves.toBe(false);
      await expect(tokens().read()).resolves.toStrictEqual({ version: 2, sealed: sealed('two') });
      await expect(tokens().lease(2, leased('second'))).resolves.toBe(true);
    });

    it('is free again once a lease is given back, and only by whoever has it', async () => {
      await tokens().put(sealed('one'));
      await tokens().lease(1, leased('first'));
      await tokens().release('second');
      await expect(tokens().lease(1, leased('second'))).resolves.toBe(false);
      await tokens().release('first');
      await expect(tokens().lease(1, leased('second'))).resolves.toBe(true);
    });

    it('lets a new sign-in win over a renewal that is under way', async () => {
      await tokens().put(sealed('old'));
      await tokens().lease(1, leased('first'));
      await tokens().put(sealed('new'));
      await expect(tokens().renew(1, 'first', sealed('renewed'))).resolves.toBe(false);
      await expect(tokens().read()).resolves.toStrictEqual({ version: 2, sealed: sealed('new') });
    });
  });
}
