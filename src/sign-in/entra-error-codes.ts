import { z } from 'zod';
import type { TokenRefusal } from '../graph/index.ts';
import type { SignInPause, SignInTrouble } from '../reset/index.ts';

/** Why there is no token. Holds no request, answer, claim or token. The Partner Center SDK keeps its `code`. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly code: SignInTrouble;
  /** Entra's own error number, such as 50076 for `AADSTS50076`. */
  readonly entraCode: number | undefined;

  constructor(code: SignInTrouble, entraCode?: number) {
    super(`There is no sign-in: ${code}.`);
    this.code = code;
    this.entraCode = entraCode;
  }
}

/**
 * The codes of an error of msal; `errorNo` is the first of Entra's `error_codes`.
 * See https://learn.microsoft.com/entra/identity-platform/reference-error-codes
 */
const msalError = z.object({
  errorCode: z.string(),
  errorNo: z.coerce.number().optional().catch(undefined),
});

const troubleByEntraCode: Readonly<Record<number, SignInTrouble>> = {
  50072: 'mfa_required',
  50074: 'mfa_required',
  50076: 'mfa_required',
  50078: 'mfa_required',
  50079: 'mfa_required',
  50005: 'conditional_access',
  50097: 'conditional_access',
  50131: 'conditional_access',
  53000: 'conditional_access',
  53001: 'conditional_access',
  53002: 'conditional_access',
  53003: 'conditional_access',
  53004: 'conditional_access',
  530032: 'conditional_access',
  53011: 'account_at_risk',
  530034: 'account_at_risk',
  530035: 'security_defaults',
  7000222: 'client_secret_expired',
  7000215: 'invalid_client',
  700016: 'invalid_client',
  700027: 'invalid_client',
  90002: 'invalid_client',
  90006: 'unreachable',
  90012: 'unreachable',
  90024: 'unreachable',
  90033: 'unreachable',
  90055: 'unreachable',
};

const troubleByMsalCode: Readonly<Record<string, SignInTrouble>> = {
  invalid_grant: 'invalid_grant',
  no_tokens_found: 'invalid_grant',
  no_account_found: 'cache_unreadable',
  refresh_token_expired: 'invalid_grant',
  interaction_required: 'interaction_required',
  consent_required: 'interaction_required',
  login_required: 'interaction_required',
  invalid_client: 'invalid_client',
  unauthorized_client: 'invalid_client',
  temporarily_unavailable: 'unreachable',
  network_error: 'unreachable',
  openid_config_error: 'unreachable',
  endpoints_resolution_error: 'unreachable',
};

/** Turns an error of msal, or of the network below it, into ours. Reads codes only: messages of msal quote Entra's answer. */
export function readSignInError(error: unknown): SignInError {
  if (error instanceof SignInError) return error;
  const read = msalError.safeParse(error);
  if (!read.success) return new SignInError('refused');
  const { errorCode, errorNo } = read.data;
  return new SignInError(troubleByEntraCode[errorNo ?? 0] ?? troubleByMsalCode[errorCode] ?? 'refused', errorNo);
}

/** Whether a person has to act. Other troubles pass by themselves and are retried. */
export function needsAdministrator(trouble: SignInTrouble): trouble is SignInPause {
  return trouble !== 'unreachable' && trouble !== 'store_failed' && trouble !== 'key_missing';
}

/** The same codes where a token of a customer's tenant was asked for: some say something of the customer there. */
const refusalByEntraCode: Readonly<Record<number, TokenRefusal>> = {
  65001: 'not-consented',
  700016: 'not-consented',
  7000229: 'not-consented',
  650051: 'consent-in-progress',
  50020: 'account-unknown',
  50177: 'account-unknown',
  700082: 'sign-in-expired',
  50173: 'sign-in-revoked',
  90002: 'tenant-gone',
  5000224: 'tenant-gone',
  900023: 'tenant-gone',
};

const refusalByTrouble: Readonly<Partial<Record<SignInError['code'], TokenRefusal>>> = {
  conditional_access: 'conditional-access',
  mfa_required: 'sign-in-needs-person',
  interaction_required: 'sign-in-needs-person',
  security_defaults: 'sign-in-needs-person',
  account_at_risk: 'sign-in-needs-person',
};

/** Why a customer's tenant gives no token. Decides by Entra's number, and else by the kind of trouble. */
export function readCustomerRefusal(code: SignInError['code'], entraCode: number | undefined): TokenRefusal {
  return refusalByEntraCode[entraCode ?? 0] ?? refusalByTrouble[code] ?? 'sign-in-failed';
}
