import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sandboxPolicy } from '../../../src/app/sandbox-policy.ts';
import { asId, type CustomerId, type ResetRequestId } from '../../../src/base/ids.ts';
import { createHistory } from '../../../src/reset/use-cases/history.ts';
import { StoreError } from '../../../src/store/database/store-error.ts';
import { formatHistory } from '../../../src/texts/status-and-history.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import {
  createResetWorld,
  type Process,
  type ResetWorld,
  robin,
  said,
  sam,
  target,
} from '../../support/reset-world.ts';

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

  it('is twenty at most, and says that there is more', async () => {
    for (let number = 0; number < 21; number += 1) await add(number, {});
    const history = await process.resets.history(robin, undefined);
    expect(history).toMatchObject({ isCut: true });
    expect(history.requests).toHaveLength(20);
    expect(history.requests[0]?.id).toBe('request-20');
    expect(formatHistory(history, undefined).split('\n')).toHaveLength(22);
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
        groups: world.groups,
        policy: () => ({ ...sandboxPolicy, auditors: [] }),
        clock: world.clock,
      });
    expect(await historyOf(20)(robin, undefined)).toMatchObject({ isCut: false, requests: { length: 20 } });
    expect(await historyOf(21)(robin, undefined)).toMatchObject({ isCut: true, requests: { length: 20 } });
    expect(await historyOf(499)(robin, 'Nobody')).toMatchObject({ isCut: false, requests: [] });
    expect(await historyOf(600)(robin, 'Nobody')).toMatchObject({ isCut: true, requests: [] });
    expect(await historyOf(20)(robin, ' \t')).toMatchObject({ isCut: false, requests: { length: 20 } });
    expect(await historyOf(20)(robin, ` ${request.target.customer.domain.toUpperCase()} `)).toMatchObject({
      requests: { length: 20 },
    });
    expect(asked).toEqual([21, 21, 500, 500, 500, 500]);
  });

  it('says who, where, what became of it and how the caller was verified, and no password', async () => {
    const { id } = await world.ask(process);
    const confirmation = await process.resets.confirm(id, robin, said);
    if (confirmation.kind === 'begun') await confirmation.done;
    const text = formatHistory(await process.resets.history(sam, undefined), undefined);
    expect(text).toContain('Ann Lee (ann.lee@contosobikes.example) at Contoso Bikes: reset. Asked by Robin Sharp.');
    expect(text).toContain('Caller: In person. Ticket: T-4711. (Reference: ');
    expect(text).not.toContain('CANARY');
  });

  it('says so where there is nothing', async () => {
    expect(formatHistory(await process.resets.history(robin, undefined), undefined)).toBe(
      'You have asked for nothing yet.',
    );
    expect(formatHistory(await process.resets.history(sam, 'Contoso'), '<at>Contoso</at>')).toBe(
      'Nobody has asked for anything yet for “‹at›Contoso‹/at›”.',
    );
  });
});
