import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { asId, type CustomerId, type ResetRequestId } from '../../../src/base/ids.ts';
import type { Policy } from '../../../src/reset/policy/policy.ts';
import type { PastFreeze } from '../../../src/reset/ports/stores.ts';
import { createHistory } from '../../../src/reset/use-cases/status-and-history.ts';
import { StoreError } from '../../../src/store/database/store-error.ts';
import { renderHistory } from '../../../src/teams/cards/history.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { createResetWorld, type Process, type ResetWorld, robin, sam, target } from '../../support/reset-world.ts';

const desk = 'de500000-0000-4000-8000-00000000000a';

describe('the history', () => {
  let world: ResetWorld;
  let process: Process;

  beforeEach(async () => {
    world = await createResetWorld({ policy: { auditors: [{ kind: 'group', objectId: desk }] } });
    process = world.boot('first');
    process.resets.start();
    world.groups.put(sam.objectId, [desk]);
  });

  afterEach(() => world.close());

  const add = (number: number, customer: Partial<typeof target.customer>, technician = robin) =>
    world.resets.add(
      buildNumberedRequest(number, {
        id: asId<ResetRequestId>(`request-${number}`),
        technician,
        proposedAt: world.clock.now() + number,
        state: 'expired',
        target: { ...target, customer: { ...target.customer, ...customer } },
      }),
      { at: world.clock.now(), kind: 'proposed', actor: 'robin', facts: {} },
    );
  const northwind = {
    id: asId<CustomerId>('c5000000-0000-4000-8000-000000000009'),
    name: 'Northwind',
    domain: 'nw.example',
  };

  it('is one’s own, and everybody’s for an auditor', async () => {
    await add(1, {});
    await add(2, {}, sam);
    const own = await process.resets.history(robin, undefined);
    expect(own).toMatchObject({ of: 'own', isCut: false, requests: [{ technician: robin }] });
    const all = await process.resets.history(sam, undefined);
    expect(all).toMatchObject({ of: 'everybody', requests: [{ technician: sam }, { technician: robin }] });
  });

  it('is one’s own for an auditor whose groups cannot be read', async () => {
    await add(1, {});
    world.groups.answer('unknown');
    await expect(process.resets.history(sam, undefined)).resolves.toMatchObject({ of: 'own', requests: [] });
  });

  const views = async () => (await world.readTrail()).filter(({ kind }) => kind === 'history-viewed');

  it('is told of others only once the trail says who looked, and at how much', async () => {
    await add(1, {});
    await add(2, northwind);
    await process.resets.history(sam, undefined);
    await process.resets.history(sam, 'CANARY');
    await process.resets.history(sam, 'Northwind');
    const facts = { whose: 'everybody', narrowed: false, count: 2, customer: null };
    expect(await views()).toMatchObject([
      { actor: sam.objectId, requestId: undefined, facts },
      { facts: { ...facts, narrowed: true, count: 0 } },
      { facts: { ...facts, narrowed: true, count: 1, customer: northwind.id } },
    ]);
    expect(JSON.stringify(await views())).not.toContain('CANARY');
  });

  it('is told of others to nobody while the trail cannot be written', async () => {
    await add(1, {});
    const history = createHistory({
      store: { ...world.resets, record: () => Promise.reject(new StoreError('full')) },
      freezes: world.freezes,
      groups: world.groups,
      policy: () => ({ ...sandboxPolicy, auditors: [{ kind: 'person', objectId: sam.objectId }] }),
      clock: world.clock,
    });
    await expect(history(sam, undefined)).rejects.toEqual(new StoreError('full'));
    await expect(history(robin, undefined)).resolves.toMatchObject({ of: 'own', requests: [{ id: 'request-1' }] });
  });

  it('is written down nowhere where somebody looks at their own', async () => {
    await add(1, {});
    await process.resets.history(robin, undefined);
    await process.resets.history(robin, 'Northwind');
    expect(await views()).toEqual([]);
  });

  it.each(['northwind', 'NW.example', northwind.id, 'North'])('of %s is what concerns that customer', async (named) => {
    await add(1, {});
    await add(2, northwind);
    await add(3, northwind, sam);
    const { requests } = await process.resets.history(robin, named);
    expect(requests.map(({ id }) => id)).toEqual(['request-2']);
  });

  it('is read a page at a time, and each page says whether there is another one', async () => {
    for (let number = 0; number < 14; number += 1) await add(number, {});
    const pages = await Promise.all([0, 6, 12, 18].map((from) => process.resets.history(robin, undefined, from)));
    expect(pages.map(({ hasMore, requests }) => [hasMore, requests.length])).toEqual([
      [true, 6],
      [true, 6],
      [false, 2],
      [false, 0],
    ]);
    const ids = pages.flatMap(({ requests }) => requests.map(({ id }) => id));
    expect(ids).toEqual(Array.from({ length: 14 }, (_, index) => `request-${13 - index}`));
    expect(pages[0]?.references.size).toBe(6);
  });

  const frozenAt = (number: number): PastFreeze => {
    const { objectId, name } = robin;
    return { kind: 'frozen', customer: undefined, by: { objectId, name }, at: world.clock.now() + number };
  };
  const historyWith = (recorded: readonly PastFreeze[], policy: Partial<Policy> = {}) =>
    createHistory({
      store: world.resets,
      freezes: { ...world.freezes, recorded: () => Promise.resolve(recorded) },
      groups: world.groups,
      policy: () => ({ ...sandboxPolicy, auditors: [], ...policy }),
      clock: world.clock,
    });

  it('tells a person without any role of no freeze', async () => {
    await add(1, {});
    const history = historyWith([frozenAt(1)], { technicians: [], approvers: [] });
    await expect(history(robin, undefined)).resolves.not.toHaveProperty('freezes');
    await expect(historyWith([frozenAt(1)])(robin, undefined)).resolves.toMatchObject({ freezes: { length: 1 } });
  });

  it('has every freeze on a page, in the order of time, however many there were between two requests', async () => {
    await add(1, {});
    await add(20, {});
    const history = historyWith(Array.from({ length: 14 }, (_, index) => frozenAt(15 - index)));
    const pages = await Promise.all([0, 6, 12].map((from) => history(robin, undefined, from)));
    const rows = pages.map(({ requests, freezes = [], hasMore }) => [requests.length, freezes.length, hasMore]);
    expect(rows).toEqual([
      [1, 5, true],
      [0, 6, true],
      [1, 3, false],
    ]);
    const seen = pages.flatMap(({ freezes = [] }) => freezes.map(({ at }) => at - world.clock.now()));
    expect(seen).toEqual([15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
  });

  it('says on its last page where there may be older freezes than those that were read', async () => {
    const history = historyWith(Array.from({ length: 50 }, (_, index) => frozenAt(50 - index)));
    await expect(history(robin, undefined, 42)).resolves.not.toHaveProperty('areFreezesCut');
    const last = await history(robin, undefined, 48);
    expect(last).toMatchObject({ hasMore: false, areFreezesCut: true, freezes: { length: 2 } });
    expect(JSON.stringify(renderHistory(last, undefined, { owner: '', from: 48 }))).toContain('latest freezes alone');
    await expect(historyWith([frozenAt(1)])(robin, undefined)).resolves.not.toHaveProperty('areFreezesCut');
  });

  it('looks for a name in the latest five hundred, and says where there may be more', async () => {
    const request = buildNumberedRequest(1, {});
    const asked: number[] = [];
    const historyOf = (found: number) =>
      createHistory({
        store: {
          ...world.resets,
          history: (_, atMost) => {
            asked.push(atMost);
            return Promise.resolve(Array.from({ length: Math.min(found, atMost) }, () => request));
          },
        },
        freezes: world.freezes,
        groups: world.groups,
        policy: () => ({ ...sandboxPolicy, auditors: [] }),
        clock: world.clock,
      });
    const page = { length: 6 };
    expect(await historyOf(6)(robin, undefined)).toMatchObject({ hasMore: false, isCut: false, requests: page });
    expect(await historyOf(7)(robin, undefined)).toMatchObject({ hasMore: true, isCut: false, requests: page });
    expect(await historyOf(600)(robin, undefined, 498)).toMatchObject({ hasMore: false, isCut: true });
    expect(await historyOf(499)(robin, 'Nobody')).toMatchObject({ isCut: false, requests: [] });
    expect(await historyOf(600)(robin, 'Nobody')).toMatchObject({ isCut: true, requests: [] });
    expect(await historyOf(6)(robin, ' \t')).toMatchObject({ isCut: false, requests: page });
    expect(await historyOf(6)(robin, ` ${request.target.customer.domain.toUpperCase()} `)).toMatchObject({
      requests: page,
    });
    expect(asked).toEqual([7, 7, 500, 500, 500, 500, 500]);
  });
});
