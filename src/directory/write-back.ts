import { asLocation, type Graph, GraphError } from '../graph/index.ts';
import type { PartnerTrouble, WriteBack } from '../reset/index.ts';

/**
 * Creates the port that writes a password back to a local directory, by `POST …/resetPassword` of the password method. The
 * address of the operation is asked as Graph gave it.
 */
export function createWriteBack(graph: Graph): WriteBack {
  return {
    async begin({ customer, user, correlationId }, password, signal) {
      const { passwordMethod } = graph.with({ correlationId }).tenant(customer).users.byId(user).authentication;
      try {
        const { location } = await passwordMethod.resetPassword(password, { signal });
        return { kind: 'accepted', location };
      } catch (failure) {
        if (!(failure instanceof GraphError)) throw failure;
        const trouble = readTrouble(failure);
        if (failure.effect === 'unknown') return { kind: 'unknown', trouble };
        const { retryAfterMilliseconds } = failure;
        return wasNotTried(failure)
          ? { kind: 'not-tried', trouble, retryAfterMilliseconds }
          : { kind: 'refused', trouble };
      }
    },
    async poll({ customer, user, correlationId }, location, signal) {
      const { passwordMethod } = graph.with({ correlationId }).tenant(customer).users.byId(user).authentication;
      try {
        const { status, detail } = await passwordMethod.operation(asLocation(location), { signal });
        if (status !== 'failed') return { kind: status };
        // Graph's words for a failure are documented nowhere. Its one word tells an administrator what to look for.
        return { kind: 'failed', trouble: { ...noTrouble, code: 'write-back-failed', partnerCode: detail } };
      } catch (failure) {
        if (!(failure instanceof GraphError)) throw failure;
        return { kind: 'running' };
      }
    },
  };
}

const noTrouble = {
  signInCode: undefined,
  httpStatus: undefined,
  partnerCode: undefined,
  storedWording: undefined,
} as const;

function readTrouble({ code, httpStatus, graphCode }: GraphError): PartnerTrouble {
  return { ...noTrouble, code: `graph-${code}`, httpStatus, partnerCode: graphCode };
}

/** Whether it certainly was not tried, and may succeed later. */
function wasNotTried({ code }: GraphError): boolean {
  return (
    code === 'throttled' ||
    code === 'not-connected' ||
    code === 'timed-out' ||
    code === 'cancelled' ||
    code === 'sign-in-failed'
  );
}
