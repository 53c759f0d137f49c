import { type AggregatePartner, PartnerError } from '../partner-center/index.ts';
import type { PasswordSetting, PasswordSettingOutcome } from '../reset/index.ts';
import { readTrouble } from './partner-center-mapping.ts';

/** Which of the two documented addresses a reset goes to (`PARTNER_CENTER_RESET`). */
type ResetRoute = 'auto' | 'resetpassword' | 'user';

/**
 * Creates the port that sets a password, by `PATCH …/users/{id}/resetpassword` or by the older `PATCH …/users/{id}`.
 * With `auto` it tries the second address where the service does not know the first one, which then has changed nothing.
 * Both tries have the same password and request id. The address that works is remembered while the process lives.
 * See learn.microsoft.com/partner-center/developer/reset-user-password-for-a-customer.
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
    if (!mayBeUnknownAddress(first)) return first;
    const second = await readOutcome(by.user);
    if (second.kind === 'applied') known = 'user';
    // After an unclear first try only a proof counts: a refusal of the second would not say what the first one did.
    return first.kind === 'refused' || second.kind === 'applied' ? second : toUnclear(second);
  };
}

/** Whether the service may not know the address: it says so, or the page of something in between says so in its place. */
function mayBeUnknownAddress(outcome: PasswordSettingOutcome): boolean {
  if (outcome.kind === 'refused') return outcome.trouble.code === 'route-unknown';
  const { httpStatus = 0 } = outcome.kind === 'unknown' ? outcome.trouble : {};
  return [404, 405, 501].includes(httpStatus);
}

function toUnclear(outcome: Exclude<PasswordSettingOutcome, { kind: 'applied' }>): PasswordSettingOutcome {
  const { trouble } = outcome;
  return outcome.kind === 'unknown' ? outcome : { kind: 'unknown', trouble };
}

async function readOutcome(write: () => Promise<unknown>): Promise<PasswordSettingOutcome> {
  try {
    await write();
    return { kind: 'applied' };
  } catch (failure) {
    const trouble = readTrouble(failure);
    if (!(failure instanceof PartnerError) || failure.effect === 'unknown') {
      const { httpStatus = 0 } = trouble;
      const wasRedirected = httpStatus >= 300 && httpStatus < 400;
      return { kind: 'unknown', trouble, repetition: wasRedirected ? 'useless' : undefined };
    }
    const { code, retryAfterMilliseconds } = failure;
    return wasNotTried(code) ? { kind: 'not-tried', trouble, retryAfterMilliseconds } : { kind: 'refused', trouble };
  }
}

/** Whether the call certainly did not reach the service, or was turned away before it was tried. It may succeed later. */
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
