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
    const authorization = token.reveal((value) => (/^[\x21-\x7e]+$/.test(value) ? `Bearer ${value}` : undefined));
    return authorization === undefined
      ? { kind: 'failed', fault: signInFailed(undefined) }
      : { kind: 'token', authorization };
  } catch (error) {
    const code = readText(error, 'code');
    return { kind: 'failed', fault: signInFailed(/^[a-z][a-z0-9_-]{0,63}$/i.test(code ?? '') ? code : undefined) };
  }
}

function signInFailed(signInCode: string | undefined): Fault {
  return { code: 'sign-in-failed', effect: 'none', passing: false, signInCode };
}
