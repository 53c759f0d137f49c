import type { Log } from '../log.ts';
import type { FreezeStore } from './ports/freeze-store.ts';

/** The same freezes, which say of every request that a freeze ended that it was refused, as the store says of a step. */
export function logFreezes(freezes: FreezeStore, log: Log): FreezeStore {
  return {
    ...freezes,
    async add(freeze, entry, end) {
      const added = await freezes.add(freeze, entry, end);
      for (const { state, version, correlationId, target, refusal } of added.ended) {
        log({
          level: 'info',
          event: 'step',
          kind: 'refused',
          state,
          version,
          correlationId,
          actor: entry.actor,
          customer: target.customer.id,
          user: target.user.id,
          reason: refusal?.kind,
        });
      }
      return added;
    },
  };
}
