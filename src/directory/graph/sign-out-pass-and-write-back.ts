import { type Clock, directoryTunables } from '../../base/index.ts';
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
  ReadableFacts,
  SignOutOutcome,
  WriteBack,
} from '../../reset/index.ts';
import type { GraphSight } from './graph-consent.ts';

/** Creates what may follow a reset by Microsoft Graph. Each is sent once: a lost answer is `unknown`. */
export function createFollowUps({
  graph,
  sight,
  readable,
  clock,
}: {
  readonly graph: Graph;
  readonly sight: GraphSight;
  /** What Graph could tell at each customer, which every process keeps. */
  readonly readable: Pick<ReadableFacts, 'of'>;
  readonly clock: Pick<Clock, 'now'>;
}): FollowUps {
  return {
    isAvailable: (customer) => sight.isAsked(customer),
    async recall(customer) {
      if (sight.isAsked(customer) || sight.hasNoConsent(customer)) return;
      if ((await readable.of(customer)).length > 0) sight.rememberAsked(customer);
    },
    async accessPass(operation, signal) {
      if (sight.hasNoConsent(operation.customer)) return { kind: 'not-asked' };
      return makeAccessPass(graph, operation, { signal, now: clock.now });
    },
    async signOut({ customer, user, correlationId }, signal): Promise<SignOutOutcome> {
      if (sight.hasNoConsent(customer)) return { kind: 'not-asked' };
      try {
        const calls = graph.with({ correlationId }).tenant(customer).users.byId(user);
        await calls.revokeSignInSessions({ signal });
        return { kind: 'done' };
      } catch (failure) {
        return readFailure(failure);
      }
    },
    async sessionsValidFrom({ customer, user, correlationId }, signal) {
      if (sight.hasNoConsent(customer)) return undefined;
      try {
        const calls = graph.with({ correlationId }).tenant(customer).users.byId(user);
        const { signInSessionsValidFromDateTime: from } = await calls.get({
          select: ['signInSessionsValidFromDateTime'],
          signal,
        });
        return from;
      } catch (failure) {
        if (failure instanceof GraphError) return undefined;
        throw failure;
      }
    },
  };
}

/** A lost answer is `unknown`. After every other failure certainly nothing was done. */
function readFailure(failure: unknown): Exclude<SignOutOutcome, { kind: 'done' }> {
  if (!(failure instanceof GraphError)) throw failure;
  const { code, httpStatus, effect } = failure;
  if (code === 'not-consented') return { kind: 'not-asked' };
  return { kind: effect === 'unknown' ? 'unknown' : 'refused', trouble: { code, httpStatus } };
}

/**
 * The lifetimes that are asked for, in minutes, the shortest first, from Graph's own least on; in the end what the tenant gives by
 * itself. The least that the tenant's policy allows is not read, which would need one more permission.
 */
const lifetimes = [10, 15, 20, 30, 45, 60, 90, 120, 240, 480, undefined] as const;

/**
 * Makes a Temporary Access Pass that works once. Where the user has one already and it is not to be replaced, nothing is made.
 * Graph keeps one pass for a person, so a new one replaces the old one.
 * See https://learn.microsoft.com/graph/api/authentication-post-temporaryaccesspassmethods.
 */
export async function makeAccessPass(
  graph: Graph,
  { customer, user, correlationId, replaces }: Parameters<MakeAccessPass>[0],
  { signal, now }: { readonly signal: AbortSignal; readonly now: () => number },
): Promise<AccessPassOutcome> {
  const { authentication } = graph.with({ correlationId }).tenant(customer).users.byId(user);
  try {
    if (!replaces) {
      const methods = await authentication.methods({ signal });
      if (methods.some(({ kind, isSpent }) => kind === 'temporary-access-pass' && !isSpent)) return { kind: 'exists' };
    }
    return await create(authentication, signal, now);
  } catch (failure) {
    return readFailure(failure);
  }
}

/** A lifetime that the tenant does not allow is a 400, which has certainly made nothing. Then the next one is asked for. */
async function create(
  { temporaryAccessPassMethods }: Pick<UserAuthentication, 'temporaryAccessPassMethods'>,
  signal: AbortSignal,
  now: () => number,
  [lifetimeInMinutes, ...longer]: readonly (number | undefined)[] = lifetimes,
): Promise<AccessPassOutcome> {
  try {
    const made = await temporaryAccessPassMethods.create({ lifetimeInMinutes, isUsableOnce: true }, { signal });
    return readOutcome(made, lifetimeInMinutes, now());
  } catch (failure) {
    const isRefused = failure instanceof GraphError && failure.code === 'bad-request' && failure.effect === 'none';
    if (!isRefused || longer.length === 0) throw failure;
    return create({ temporaryAccessPassMethods }, signal, now, longer);
  }
}

/** A pass that is not surely usable now, once, and for the time that was asked for, is not shown. */
function readOutcome(made: TemporaryAccessPass, asked: number | undefined, now: number): AccessPassOutcome {
  const { pass, isUsable, usabilityReason, isUsableOnce, lifetimeInMinutes = asked, startsAt = now } = made;
  if (!isUsable) return { kind: 'unusable', reason: usabilityReason };
  if (isUsableOnce !== true) return { kind: 'unusable', reason: 'NotOneTime' };
  if (startsAt - now > directoryTunables.passMayStartWithinMilliseconds)
    return { kind: 'unusable', reason: 'NotYetValid' };
  if (asked !== undefined && lifetimeInMinutes !== undefined && lifetimeInMinutes > asked)
    return { kind: 'unusable', reason: 'TooLong' };
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
        // The texts for a failure are documented nowhere, so they are shown as they are. Of one it is known that the local
        // directory has taken the password all the same; Entra's own log calls that a success.
        if (status !== 'running' && detail !== undefined && /OnPremisesSuccessCloudFailure/i.test(detail))
          return {
            kind: 'half-done',
            trouble: { ...noTrouble, code: 'write-back-half-done' },
          };
        if (status !== 'failed') return { kind: status };
        const trouble = { ...noTrouble, code: 'write-back-failed' };
        return { kind: 'failed', trouble: detail === undefined ? trouble : { ...trouble, detail } };
      } catch (failure) {
        if (!(failure instanceof GraphError)) throw failure;
        return { kind: 'running', retryAfterMilliseconds: failure.retryAfterMilliseconds };
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
