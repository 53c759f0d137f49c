import { type Clock, workflowTunables } from '../../base/index.ts';
import type { Dependencies } from '../dependencies.ts';
import type { Groups } from '../policy/groups.ts';
import type { Directory } from '../ports/partner-center.ts';

/** What is read of the outside right before a decision on a reset. */
type FactPorts = Pick<Dependencies, 'groups'> & { readonly directory: Pick<Directory, 'lookUp'> };

/**
 * The same ports for one run of a request: what was read in this run counts again while it is younger than
 * `factsValidMilliseconds`, counted from when the reading began. So the facts of the press count for the PATCH right after it.
 * Older ones are read again. What could not be read is asked again each time. Another run, as after a restart, has nothing
 * of it.
 */
export function rememberFacts<Ports extends FactPorts & { readonly clock: Clock }>(ports: Ports): Ports {
  const { clock, directory, groups } = ports;
  const lookUps = createRecent<Awaited<ReturnType<Directory['lookUp']>>>(clock);
  const memberships = createRecent<Awaited<ReturnType<Groups['memberOf']>>>(clock);
  return {
    ...ports,
    directory: {
      ...directory,
      lookUp: (customer, user, correlationId) =>
        lookUps(
          `${customer.id}/${user}`,
          () => directory.lookUp(customer, user, correlationId),
          (looked) => looked.kind === 'found',
        ),
    },
    groups: {
      ...groups,
      memberOf: (person, how) =>
        // With the cache, the cache decides how old an answer may be.
        how?.fresh === true
          ? memberships(
              person.toLowerCase(),
              () => groups.memberOf(person, how),
              (answer) => answer !== 'unknown',
            )
          : groups.memberOf(person, how),
    },
  };
}

type Recent<Fact> = (key: string, read: () => Promise<Fact>, isFact: (read: Fact) => boolean) => Promise<Fact>;

/** Remembers facts by their key while they are recent. A clock that was set back makes none of them recent. */
function createRecent<Fact>(clock: Clock): Recent<Fact> {
  const known = new Map<string, { readonly at: number; readonly fact: Fact }>();
  return async (key, read, isFact) => {
    const at = clock.now();
    const before = known.get(key);
    if (before !== undefined && at >= before.at && at - before.at < workflowTunables.factsValidMilliseconds)
      return before.fact;
    known.delete(key);
    const fact = await read();
    if (isFact(fact)) known.set(key, { at, fact });
    return fact;
  };
}
