import { type Graph, GraphError, type TemporaryAccessPass, type UserAuthentication } from '../graph/index.ts';
import type { AccessPassOutcome, MakeAccessPass } from '../reset/index.ts';

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
