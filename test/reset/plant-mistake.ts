import type { Clock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import type { Dependencies } from '../../src/reset/dependencies.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import { recordsOf } from '../../src/reset/step.ts';
import type { ResetRequestRow } from '../../src/store/database/database.ts';
import { createResetRequestRow } from '../../src/store/requests/request-row.ts';

/** Mistakes that somebody might make one day; each has to be found by what is promised. */
export type Mistake =
  | 'a new password on a retry'
  | 'no fencing'
  | 'a secret in an error'
  | 'an audit row outside the transaction'
  | 'a hide timer only in memory';

/** The same dependencies with one mistake in them. `past` writes a row past the store, at that version, in a transaction of its own. */
export function plantMistake(
  mistake: Mistake,
  dependencies: Dependencies,
  past: (row: ResetRequestRow, version: number) => boolean,
): Dependencies {
  switch (mistake) {
    case 'a new password on a retry': {
      let tries = 0;
      return {
        ...dependencies,
        setPassword: (operation, password, deadline) => {
          tries += 1;
          return dependencies.setPassword(operation, tries > 1 ? new Secret('CANARY-another-42') : password, deadline);
        },
      };
    }
    case 'no fencing':
      // Nothing tells this process that its time is over: its clock does not move, and no deadline strikes.
      return { ...dependencies, clock: standStill(dependencies.clock) };
    case 'a secret in an error':
      return {
        ...dependencies,
        setPassword: (_operation, password) =>
          Promise.reject(Object.assign(new Error('refused'), { code: password.reveal((text) => text) })),
      };
    case 'an audit row outside the transaction':
      return {
        ...dependencies,
        store: {
          ...dependencies.store,
          async swap(before, step) {
            if (!past(createResetRequestRow(step.after), before.version)) return { kind: 'stale' };
            for (const { entry } of recordsOf(step)) await dependencies.store.record(entry, step.after.id);
            return { kind: 'swapped', request: step.after };
          },
        },
      };
    case 'a hide timer only in memory':
      return {
        ...dependencies,
        store: {
          ...dependencies.store,
          due: async (now, atMost) =>
            (await dependencies.store.due(now, atMost)).filter(({ state }) => state !== 'delivered'),
          async swap(before, step) {
            const swapped = await dependencies.store.swap(before, step);
            if (swapped.kind === 'swapped' && step.after.state === 'delivered')
              hideLater(dependencies, swapped.request);
            return swapped;
          },
        },
      };
  }
}

function standStill(clock: Clock): Clock {
  const now = clock.now();
  return { now: () => now, after: () => () => undefined };
}

function hideLater({ clock, messages }: Dependencies, request: ResetRequest): void {
  clock.after((request.hideAt ?? 0) - clock.now(), () => {
    void messages.updateDirectMessage({ ...request, state: 'hidden' }, undefined);
  });
}
