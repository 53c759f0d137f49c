import { describe, expect, it } from '@jest/globals';
import { asId, type CustomerId } from '../../../src/base/ids.ts';
import { refusalOfFreeze } from '../../../src/reset/freezes.ts';
import type { Freeze } from '../../../src/reset/ports/stores.ts';
import type { ResetAttempt, ResetRequest } from '../../../src/reset/request.ts';
import type { ResetState } from '../../../src/reset/states.ts';
import { makeRefusalStep, type Step } from '../../../src/reset/step.ts';
import { buildNumberedRequest } from '../../support/build-numbered-request.ts';
import { buildResetRequest } from '../../support/build-reset-request.ts';
import { retarget } from '../../support/retarget.ts';
import type { StoreBench } from './store-bench.ts';

const { technician: robin, target } = buildResetRequest();
const tried = (outcome: ResetAttempt['outcome']): ResetAttempt => {
  return { number: 1, at: 1, deadline: 2, outcome, httpStatus: undefined, partnerCode: undefined };
};
const elsewhere = { ...target.customer, id: asId<CustomerId>('c5000000-0000-4000-8000-000000000009') };

/** How every store keeps freezes, and requests from getting past them. */
export function describeFreezes(bench: StoreBench): void {
  const freezeOf = (customer: Freeze['customer'], at = bench.now): Freeze => ({ customer, by: robin, at });
  const end = (request: ResetRequest, inForce: Freeze): Step =>
    makeRefusalStep(request, refusalOfFreeze(inForce, request), { at: bench.now, policy: 'p', person: robin });
  const add = (freeze: Freeze) => bench.store().freezes.add(freeze, bench.entry('frozen'), end);
  const at = (number: number, given: Partial<ResetRequest>) =>
    bench.add(buildNumberedRequest(number, { target: retarget(buildResetRequest(), `user-${number}`), ...given }));

  describe('a freeze', () => {
    it('is in force for everybody who looks, and after a restart, until it is lifted once', async () => {
      const freeze = freezeOf(target.customer);
      await expect(add(freeze)).resolves.toStrictEqual({ kind: 'frozen', inForce: freeze, ended: [], sealed: [] });
      await add(freezeOf(undefined, bench.now + 1));
      await bench.store().close();
      await bench.reopen();
      await expect(bench.store().freezes.inForce()).resolves.toStrictEqual([
        freeze,
        freezeOf(undefined, bench.now + 1),
      ]);
      const lifted = [1, 2].map(() => bench.store().freezes.lift(freeze, bench.entry('thawed')));
      expect((await Promise.all(lifted)).filter(Boolean)).toHaveLength(1);
      await expect(bench.store().freezes.inForce()).resolves.toStrictEqual([freezeOf(undefined, bench.now + 1)]);
      expect((await bench.readTrail()).map(({ kind }) => kind)).toStrictEqual(['frozen', 'frozen', 'thawed']);
    });

    it('is kept for people to read, with what was lifted, the latest first', async () => {
      const { id, domain } = target.customer;
      const said = (kind: 'frozen' | 'thawed') => ({
        ...bench.entry(kind),
        actor: robin.objectId,
        person: robin,
        facts: { customer: id, domain },
      });
      const freeze = freezeOf(target.customer);
      await bench.store().freezes.add(freeze, said('frozen'), end);
      await bench.store().freezes.lift(freeze, said('thawed'));
      const by = { objectId: robin.objectId, name: robin.name };
      expect(await bench.store().freezes.recorded()).toMatchObject([
        { kind: 'thawed', customer: { id, domain }, by },
        { kind: 'frozen', customer: { id, domain }, by },
      ]);
    });

    it('ends two thousand requests at once, each with its record', async () => {
      for (let number = 0; number < 2000; number += 1) await at(number, {});
      const frozen = await add(freezeOf(undefined));
      expect(frozen.ended).toHaveLength(2000);
      const trail = await bench.readTrail(2000);
      expect(trail.filter(({ kind }) => kind === 'refused')).toHaveLength(2000);
      expect((await bench.store().auditHead())?.number).toBe(4001);
    }, 120_000);

    it('that was there before stays as it was', async () => {
      const first = freezeOf(target.customer);
      await add(first);
      await expect(add(freezeOf(target.customer, bench.now + 5))).resolves.toMatchObject({
        kind: 'already',
        inForce: first,
      });
      await expect(bench.store().freezes.inForce()).resolves.toStrictEqual([first]);
    });

    it.each<[ResetState, 'refused' | 'untouched']>([
      ['proposed', 'refused'],
      ['awaiting-approval', 'refused'],
      ['approved', 'refused'],
      ['message-open', 'refused'],
      ['sealed', 'untouched'],
      ['resetting', 'untouched'],
      ['delivered', 'untouched'],
    ])('of its customer or of everything leaves a request that is %s %s', async (state, outcome) => {
      const here = await at(1, { state });
      const there = await at(2, { state, target: { ...retarget(here, 'another'), customer: elsewhere } });
      await add(freezeOf(target.customer));
      const ended = await bench.store().resets.find(here.id);
      const other = await bench.store().resets.find(there.id);
      expect(other).toStrictEqual(there);
      if (outcome === 'untouched') {
        expect(ended).toStrictEqual(here);
      } else {
        expect(ended).toMatchObject({ state: 'refused', version: 2, refusal: { kind: 'frozen', everything: false } });
        expect((await bench.readTrail()).at(-1)).toMatchObject({
          kind: 'refused',
          requestId: here.id,
          stateBefore: state,
        });
      }
      await add(freezeOf(undefined));
      const after = await bench.store().resets.find(there.id);
      expect(after?.state).toBe(outcome === 'untouched' ? state : 'refused');
    });

    it.each<[ResetState, Partial<ResetRequest>]>([
      ['proposed', { state: 'approved' }],
      ['proposed', { state: 'awaiting-approval' }],
      ['awaiting-approval', { state: 'approved' }],
      ['message-open', { state: 'sealed' }],
    ])('keeps a request that was not seen from going on from %s to %j, and lets others pass', async (state, change) => {
      await add(freezeOf(target.customer));
      const here = await at(1, { state });
      const there = await at(2, { state, target: { ...retarget(here, 'another'), customer: elsewhere } });
      await expect(bench.step(here, change)).resolves.toStrictEqual({
        kind: 'frozen',
        freeze: freezeOf(target.customer),
      });
      await expect(bench.store().resets.find(here.id)).resolves.toStrictEqual(here);
      await expect(bench.step(there, change)).resolves.toMatchObject({ kind: 'swapped' });
      await expect(bench.step(here, { state: 'refused' })).resolves.toMatchObject({ kind: 'swapped' });
      await add(freezeOf(undefined));
    });

    it.each([[[]], [[tried('not-tried')]], [[tried('not-tried'), tried('not-tried')]]])(
      'stops what is sealed and has sent nothing, after the attempts %j',
      async (tries) => {
        const sealed = await at(1, { state: 'sealed', tries });
        await add(freezeOf(undefined));
        await expect(bench.step(sealed, { state: 'resetting' })).resolves.toMatchObject({ kind: 'frozen' });
        await expect(bench.step(sealed, { state: 'refused' })).resolves.toMatchObject({ kind: 'swapped' });
      },
    );

    it('lets an attempt that was begun end, and be repeated once it may have arrived', async () => {
      const trying = await at(1, { state: 'resetting', tries: [tried('pending')] });
      await add(freezeOf(undefined));
      const put = await bench.step(trying, { state: 'sealed', tries: [tried('unknown')] });
      if (put.kind !== 'swapped') throw new Error(put.kind);
      await expect(bench.step(put.request, { state: 'resetting' })).resolves.toMatchObject({ kind: 'swapped' });
    });

    it('lets an attempt that was begun be put off, even if it is settled before that is written down', async () => {
      const trying = await at(1, { state: 'resetting', tries: [tried('pending')] });
      await add(freezeOf(undefined));
      const settled = { ...trying, tries: [tried('not-tried')] };
      await expect(bench.step(settled, { state: 'sealed' })).resolves.toMatchObject({ kind: 'swapped' });
    });

    it('and twenty passwords being sealed at the same moment: each is sealed before it, or refused', async () => {
      const requests = await Promise.all(
        Array.from({ length: 20 }, (_, number) => at(number, { state: 'message-open' })),
      );
      const second = (await bench.openSecond()) ?? bench.store();
      const [, ...outcomes] = await Promise.all([
        second.freezes.add(freezeOf(undefined), bench.entry('frozen'), end),
        ...requests.map((request) => bench.step(request, { state: 'sealed' })),
      ]);
      if (second !== bench.store()) await second.close();
      const trail = await bench.readTrail();
      const frozenAt = trail.findIndex(({ kind }) => kind === 'frozen');
      for (const [index, { id }] of requests.entries()) {
        const state = (await bench.store().resets.find(id))?.state;
        expect(state).toBe(outcomes[index]?.kind === 'swapped' ? 'sealed' : 'refused');
        const sealedAt = trail.findIndex((record) => record.requestId === id && record.stateAfter === 'sealed');
        expect(sealedAt < frozenAt).toBe(true);
      }
    });
  });
}
