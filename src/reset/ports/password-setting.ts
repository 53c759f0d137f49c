import type { CorrelationId, CustomerId, OperationId, UserId } from '../../ids.ts';
import type { Secret } from '../../secret.ts';
import type { PartnerTrouble } from '../partner-trouble.ts';

/** Sets a password at Partner Center. One call is one try; it is the caller that tries again. */
export type PasswordSetting = (
  operation: {
    readonly customer: CustomerId;
    readonly user: UserId;
    readonly operationId: OperationId;
    readonly correlationId: CorrelationId;
  },
  password: Secret,
  deadline: AbortSignal,
) => Promise<PasswordSettingOutcome>;

/** What one try did. `unknown`: it may be in force, or may come into force. */
export type PasswordSettingOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'refused'; readonly trouble: PartnerTrouble }
  | {
      readonly kind: 'not-tried';
      readonly trouble: PartnerTrouble;
      readonly retryAfterMilliseconds: number | undefined;
    }
  | { readonly kind: 'unknown'; readonly trouble: PartnerTrouble };
