import type { PartnerCredentials } from '../partner-options.ts';
import { readText } from '../wire/read-text.ts';
import type { Fault } from './fault.ts';
import { untilAborted } from './until-aborted.ts';

/** The value of `Authorization`, or why there is none. Never throws; of an error only a short `code` is kept. */
export async function readToken(
  credentials: PartnerCredentials,
  fresh: boolean,
  signal: AbortSignal,
): Promise<{ kind: 'token'; authorization: string } | { kind: 'failed'; fault: Fault }> {
  try {
    const asked = Promise.resolve(credentials.getToken({ fresh, signal }));
    const token = await untilAborted(asked, signal);
    // A token with a line break in it would be quoted in the error of whoever builds the header.
    const authorization = token.reveal((value) => (isTokenText(value) ? `Bearer ${value}` : undefined));
    return authorization === undefined
      ? { kind: 'failed', fault: signInFailed(undefined) }
      : { kind: 'token', authorization };
  } catch (error) {
    return { kind: 'failed', fault: signInFailed(readSignInCode(error)) };
  }
}

function isTokenText(value: unknown): boolean {
  return typeof value === 'string' && /^[\x21-\x7e]+$/.test(value);
}

/** A short plain word such as `invalid_grant`, `ERR_NETWORK` or `AADSTS50076`, a shape that no strong password has. */
function readSignInCode(error: unknown): string | undefined {
  try {
    const code = readText(error, 'code') ?? '';
    return code.length <= 40 && /^([a-z]+(_[a-z]+)*|[A-Z]+(_[A-Z]+)*|AADSTS\d{4,8})$/.test(code) ? code : undefined;
  } catch {
    return undefined;
  }
}

function signInFailed(signInCode: string | undefined): Fault {
  return { code: 'sign-in-failed', effect: 'none', passing: false, signInCode };
}
