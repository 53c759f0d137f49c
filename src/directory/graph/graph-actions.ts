import {
  asLocation,
  type Graph,
  GraphError,
  type TemporaryAccessPass,
  type UserAuthentication,
} from '../../graph/index.ts';
import type {
  AccessPassOutcome,
  FollowUps,
  MakeAccessPass,
  PartnerTrouble,
  SignOutOutcome,
  WriteBack,
} from '../../reset/index.ts';
import type { GraphSight } from './graph-consent.ts';

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

/**
 * The lifetimes that are asked for, in minutes, the shortest first: Graph's own least, the least of the policy that a tenant
 * begins with, and what the tenant gives by itself. Reading the tenant's policy would need one more permission.
 */
const lifetimes = [10, 60, undefined] as const;

/**
 * Makes a Temporary Access Pass that works once. Where the user has one already and it is not to be replaced, nothing is made.
 * Graph keeps one pass for a person, so a new one replaces the old one.
 * See https://learn.microsoft.com/graph/api/authentication-post-temporaryaccesspassmethods.
 */
export async function makeAccessPass(
  graph: Graph,
  { customer, user, correlationId, replaces }: Parameters<MakeAccessPass>[0],
  signal: AbortSignal,
): Promise<AccessPassOutcome> {
  const { authentication } = graph.with({ correlationId }).tenant(customer).users.byId(user);
  try {
    if (!replaces) {
      const methods = await authentication.methods({ signal });
      if (methods.some(({ kind }) => kind === 'temporary-access-pass')) return { kind: 'exists' };
    }
    return readOutcome(await create(authentication, signal));
  } catch (failure) {
    if (!(failure instanceof GraphError)) throw failure;
    const { code, httpStatus, effect } = failure;
    if (code === 'not-consented') return { kind: 'not-asked' };
    return { kind: effect === 'unknown' ? 'unknown' : 'refused', trouble: { code, httpStatus } };
  }
}

/** A lifetime that the tenant does not allow is a 400, which has certainly made nothing. Then the next one is asked for. */
async function create(
  { temporaryAccessPassMethods }: Pick<UserAuthentication, 'temporaryAccessPassMethods'>,
  signal: AbortSignal,
  [lifetimeInMinutes, ...longer]: readonly (number | undefined)[] = lifetimes,
): Promise<TemporaryAccessPass> {
  try {
    return await temporaryAccessPassMethods.create({ lifetimeInMinutes, isUsableOnce: true }, { signal });
  } catch (failure) {
    const isRefused = failure instanceof GraphError && failure.code === 'bad-request' && failure.effect === 'none';
    if (!isRefused || longer.length === 0) throw failure;
    return create({ temporaryAccessPassMethods }, signal, longer);
  }
}

/** A pass that is not surely usable, and once, is not shown. */
function readOutcome({
  pass,
  isUsable,
  usabilityReason,
  isUsableOnce,
  lifetimeInMinutes,
}: TemporaryAccessPass): AccessPassOutcome {
  if (!isUsable) return { kind: 'unusable', reason: usabilityReason };
  if (isUsableOnce === false) return { kind: 'unusable', reason: 'NotOneTime' };
  return pass === undefined
    ? { kind: 'unknown', trouble: { code: 'unknown-result', httpStatus: undefined } }
    : { kind: 'made', pass, lifetimeInMinutes };
}

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
