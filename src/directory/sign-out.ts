import { type Graph, GraphError } from '../graph/index.ts';
import type { FollowUps, SignOutOutcome } from '../reset/index.ts';
import { makeAccessPass } from './access-pass.ts';
import type { GraphSight } from './graph-sight.ts';

/** Creates what may follow a reset by Microsoft Graph. Each is sent once: a lost answer is `unknown`. */
export function createFollowUps({ graph, sight }: { readonly graph: Graph; readonly sight: GraphSight }): FollowUps {
  return {
    isAvailable: (customer) => sight.isAsked(customer),
    async accessPass(operation, signal) {
      if (sight.hasNoConsent(operation.customer)) return { kind: 'not-asked' };
      return makeAccessPass(graph, operation, signal);
    },
    async signOut({ customer, user, correlationId }, signal): Promise<SignOutOutcome> {
      if (sight.hasNoConsent(customer)) return { kind: 'not-asked' };
      try {
        const calls = graph.with({ correlationId }).tenant(customer).users.byId(user);
        await calls.revokeSignInSessions({ signal });
        return { kind: 'done' };
      } catch (failure) {
        if (!(failure instanceof GraphError)) throw failure;
        const { code, httpStatus, effect } = failure;
        if (code === 'not-consented') return { kind: 'not-asked' };
        return { kind: effect === 'unknown' ? 'unknown' : 'refused', trouble: { code, httpStatus } };
      }
    },
  };
}
