import type { CorrelationId, CustomerId, Secret, UserId } from '../../base/index.ts';
import type { PartnerTrouble } from '../refusal.ts';
import type { PasswordSettingOutcome } from './partner-center.ts';

/** Whose password is written back to a local directory. */
type WriteBackOperation = {
  readonly customer: CustomerId;
  readonly user: UserId;
  readonly correlationId: CorrelationId;
};

/**
 * Sets the password of a synchronised user by Microsoft Graph, which writes it back to the local directory. It is made by
 * `createWriteBack` of directory/write-back.ts.
 */
export type WriteBack = {
  /** Starts it. One call is one attempt. `accepted` is no success: the operation at `location` tells. */
  begin(
    operation: WriteBackOperation,
    password: Secret,
    signal: AbortSignal,
  ): Promise<
    { readonly kind: 'accepted'; readonly location: string } | Exclude<PasswordSettingOutcome, { kind: 'applied' }>
  >;
  /** Asks once how it stands. `running`: or it could not be read now. */
  poll(operation: WriteBackOperation, location: string, signal: AbortSignal): Promise<WriteBackState>;
};

export type WriteBackState =
  { readonly kind: 'running' | 'succeeded' } | { readonly kind: 'failed'; readonly trouble: PartnerTrouble };
