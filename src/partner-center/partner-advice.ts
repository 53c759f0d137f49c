/** Why a call did not succeed: a closed set, decided by HTTP status and Partner Center's code, never by words. */
export type PartnerErrorCode =
  /** The caller's argument cannot be sent; nothing went out. */
  | 'invalid-argument'
  /** `getToken` gave no usable token; nothing went out. */
  | 'sign-in-failed'
  /** The caller's signal was aborted before anything went out, or while reading. */
  | 'cancelled'
  /** The time for a read, or for getting as far as sending a write, was over. */
  | 'timed-out'
  /** No connection came about: refused, no such host, certificate not accepted. Nothing was tried. */
  | 'not-connected'
  /** The connection broke before a read was answered. */
  | 'no-answer'
  /** A write may have been applied, or may yet be: no answer, 408, 5xx, or a refusal after such a try. */
  | 'unknown-result'
  /** A read's answer was a success, and not of the documented shape, or over 64 MB, or of too many pages. */
  | 'unreadable-answer'
  /** The address answered with a redirect, which is never followed. */
  | 'redirected'
  | 'mfa-required'
  | 'wrong-audience'
  | 'token-refused'
  | 'missing-privilege'
  | 'missing-role'
  | 'conditional-access'
  | 'app-only-token'
  | 'no-relationship'
  | 'token-issuance-failed'
  | 'user-not-found'
  | 'customer-not-found'
  | 'not-found'
  /** 405, 501, or a 404 that can be read and has no Partner Center code: the service does not know this address. Nothing was changed. */
  | 'route-unknown'
  | 'invalid-property'
  | 'bad-request'
  | 'stale-etag'
  | 'conflict'
  /** Another definite 4xx. */
  | 'refused'
  /** 429: not tried. */
  | 'throttled'
  /** 408 or 5xx to a read. */
  | 'service-fault';

/**
 * For each code a sentence that says what happened, and what the technician should do next, in plain words.
 * Follows the error codes of https://learn.microsoft.com/partner-center/developer/error-codes.
 */
export const partnerAdvice = {
  'invalid-argument': {
    says: 'The request was not sent: one of its values cannot be used.',
    next: 'Start again. If it happens again, report it to an administrator with the correlation id.',
  },
  'sign-in-failed': {
    says: 'There was no valid sign-in to Partner Center, so nothing was sent.',
    next: 'Ask an administrator to sign the Partner Center account in again.',
  },
  cancelled: { says: 'The call was stopped before it had an answer.', next: 'Start again if it is still needed.' },
  'timed-out': {
    says: 'Partner Center did not answer in time.',
    next: 'Try again in a minute. If it stays like this, tell an administrator.',
  },
  'not-connected': {
    says: 'Partner Center could not be reached, so nothing was sent.',
    next: 'Try again in a minute. If it stays like this, tell an administrator.',
  },
  'no-answer': {
    says: 'The connection to Partner Center broke before it answered.',
    next: 'Try again in a minute. If it stays like this, tell an administrator.',
  },
  'unknown-result': {
    says: 'It is not known whether Partner Center made the change.',
    next: 'Do not assume either. The change may be in force: check before you start another one.',
  },
  'unreadable-answer': {
    says: 'Partner Center answered with something that cannot be read.',
    next: 'Try again. If it happens again, report it to an administrator with the correlation id.',
  },
  redirected: {
    says: 'The address for Partner Center points elsewhere, and that was not followed.',
    next: 'Tell an administrator: the address or a proxy is set wrongly.',
  },
  'mfa-required': {
    says: 'The sign-in to Partner Center was made without multifactor authentication.',
    next: 'Ask an administrator to sign the Partner Center account in again, with multifactor authentication.',
  },
  'wrong-audience': {
    says: 'The sign-in was made for another service than Partner Center.',
    next: 'Tell an administrator: a setting of the sign-in is wrong.',
  },
  'token-refused': {
    says: 'Partner Center did not accept the sign-in, a fresh one included.',
    next: 'Tell an administrator.',
  },
  'missing-privilege': {
    says: 'The Partner Center account lacks the privilege for this.',
    next: 'Ask for the GDAP role User Administrator at this customer. If the user is an administrator, Privileged Authentication Administrator is needed.',
  },
  'missing-role': {
    says: 'The Partner Center account has no role that allows this at this customer.',
    next: 'Ask whoever looks after GDAP for this customer.',
  },
  'conditional-access': {
    says: "The customer's Conditional Access policy blocked the partner.",
    next: "Ask the customer's administrator to allow access by the partner.",
  },
  'app-only-token': {
    says: 'This needs the sign-in of a user, and the application signed in alone.',
    next: 'Tell an administrator: the sign-in is set up wrongly.',
  },
  'no-relationship': {
    says: 'There is no commercial relationship with this customer.',
    next: 'Check the customer. The relationship may have ended.',
  },
  'token-issuance-failed': {
    says: 'Microsoft Entra could not issue a token for this customer.',
    next: 'Try again later. If it stays like this, tell an administrator.',
  },
  'user-not-found': {
    says: 'There is no such user at this customer.',
    next: 'Search again: the user may have been renamed or deleted meanwhile.',
  },
  'customer-not-found': { says: 'There is no such customer.', next: 'Check the customer.' },
  'not-found': {
    says: 'Partner Center did not find what was asked for.',
    next: 'Search again: it may have been renamed or deleted meanwhile.',
  },
  'route-unknown': {
    says: 'The service does not know this kind of request. Nothing was changed.',
    next: 'Tell an administrator: the address of Partner Center or the kind of reset may be set wrongly.',
  },
  'invalid-property': {
    says: 'Partner Center did not accept a value; for a reset it may be the password.',
    next: 'Start a new request: it has a new password. If it happens again, report it with the correlation id.',
  },
  'bad-request': {
    says: 'Partner Center did not understand the request. That is a fault of this software.',
    next: 'Report it to an administrator with the correlation id.',
  },
  'stale-etag': { says: 'The record was changed by somebody else meanwhile.', next: 'Start again.' },
  conflict: {
    says: 'The change does not fit with what is there already.',
    next: 'Look at the record and start again.',
  },
  refused: {
    says: 'Partner Center refused the request.',
    next: 'Report it to an administrator with the correlation id.',
  },
  throttled: {
    says: 'Partner Center is asked too often just now; this request was not tried.',
    next: 'Wait a minute and try again.',
  },
  'service-fault': {
    says: 'Partner Center has a fault just now.',
    next: 'Try again in a minute. If it stays like this, tell an administrator.',
  },
} as const satisfies Record<PartnerErrorCode, { readonly says: string; readonly next: string }>;
