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
