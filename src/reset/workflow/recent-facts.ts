import { type Clock, workflowTunables } from '../../base/index.ts';
import type { Directory } from '../ports/partner-center.ts';

/**
 * The same port for one run of a request. A user who was read in this run is not read again while that is younger than
 * `factsValidMilliseconds`, counted from when the reading began. So the facts of the press count for the PATCH right after it.
 *
 * What could not be read is asked again each time. Another run, as after a restart, has nothing of it. Rights are not
 * remembered here: they are looked up each time.
 */
export function rememberFacts<Ports extends { readonly clock: Clock; readonly directory: Directory }>(
  ports: Ports,
): Ports {
  const { clock, directory } = ports;
  const known = new Map<string, { readonly at: number; readonly looked: Awaited<ReturnType<Directory['lookUp']>> }>();
  return {
    ...ports,
    directory: {
      ...directory,
      async lookUp(customer, user, correlationId) {
        const key = `${customer.id}/${user}`;
        const before = known.get(key);
        const at = clock.now();
        // A clock that was set back makes nothing recent.
        if (before !== undefined && at >= before.at && at - before.at < workflowTunables.factsValidMilliseconds)
          return before.looked;
        known.delete(key);
        const looked = await directory.lookUp(customer, user, correlationId);
        if (looked.kind === 'found') known.set(key, { at, looked });
        return looked;
      },
    },
  };
}
