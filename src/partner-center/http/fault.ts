import type { PartnerErrorCode } from '../partner-error-code.ts';

/** What one try came to that was not a success. */
export type Fault = {
  readonly code: PartnerErrorCode;
  /** Whether the request, had it been a write, may have been applied. */
  readonly effect: 'none' | 'unknown';
  /** Whether trying again may help. */
  readonly passing: boolean;
  readonly httpStatus?: number;
  readonly partnerCode?: string | undefined;
  readonly retryAfterMilliseconds?: number | undefined;
  readonly signInCode?: string | undefined;
};
