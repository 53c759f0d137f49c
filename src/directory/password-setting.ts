import { type AggregatePartner, PartnerError } from '../partner-center/index.ts';
import type { PasswordSetting, PasswordSettingOutcome } from '../reset/index.ts';
import { readTrouble } from './partner-center-mapping.ts';

/** Which of the two documented addresses a reset goes to (`PARTNER_CENTER_RESET`). */
type ResetRoute = 'auto' | 'resetpassword' | 'user';

/**
 * Sets a password by `PATCH …/users/{id}/resetpassword`, or by the older `PATCH …/users/{id}`. With `auto` the second
 * address is tried, with the same password and request id, where the service does not know the first: nothing was
 * changed then. The one that works is remembered while the process lives.
 */
export function createPasswordSetting({
  partner,
  route,
}: {
  partner: AggregatePartner;
  route: ResetRoute;
}): PasswordSetting {
  let known: Exclude<ResetRoute, 'auto'> | undefined = route === 'auto' ? undefined : route;
  return async (operation, password, deadline) => {
    const user = partner
      .with({ correlationId: operation.correlationId })
      .customers.byId(operation.customer)
      .users.byId(operation.user);
    const profile = { password, forceChangePassword: true } as const;
    const options = { requestId: operation.operationId, signal: deadline, freshConnection: true };
    const by = {
      resetpassword: () => user.resetPassword(profile, options),
      user: () => user.patch({ passwordProfile: profile }, options),
    };
    if (known !== undefined) return readOutcome(by[known]);
    const first = await readOutcome(by.resetpassword);
    if (first.kind === 'applied') known = 'resetpassword';
    if (first.kind !== 'refused' || first.trouble.code !== 'route-unknown') return first;
    const second = await readOutcome(by.user);
    if (second.kind === 'applied') known = 'user';
    return second;
  };
}

async function readOutcome(write: () => Promise<unknown>): Promise<PasswordSettingOutcome> {
  try {
    await write();
    return { kind: 'applied' };
  } catch (failure) {
    const trouble = readTrouble(failure);
    if (!(failure instanceof PartnerError) || failure.effect === 'unknown') return { kind: 'unknown', trouble };
    const { code, retryAfterMilliseconds } = failure;
    return wasNotTried(code) ? { kind: 'not-tried', trouble, retryAfterMilliseconds } : { kind: 'refused', trouble };
  }
}

/** The failures after which the same call may well succeed: it never reached anybody who could decide. */
function wasNotTried(code: PartnerError['code']): boolean {
  return (
    code === 'throttled' ||
    code === 'not-connected' ||
    code === 'timed-out' ||
    code === 'cancelled' ||
    code === 'sign-in-failed' ||
    code === 'mfa-required'
  );
}
