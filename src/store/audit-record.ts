import type { ResetState } from '../reset/states.ts';
import type { AuditEntry, AuditKind } from '../reset/step.ts';
import type { AuditAbout } from './audit-about.ts';

/** One record of the trail. Numbers begin at 1 and have no gaps. What belongs to no request has no ids and no states. */
export type AuditRecord = {
  readonly number: number;
  readonly at: number;
  readonly kind: AuditKind;
  readonly actor: string;
  readonly instance: string;
  readonly requestId: string | undefined;
  readonly correlationId: string | undefined;
  readonly operationId: string | undefined;
  readonly customerId: string | undefined;
  readonly userId: string | undefined;
  readonly stateBefore: ResetState | undefined;
  readonly stateAfter: ResetState | undefined;
  readonly facts: AuditEntry['facts'];
  readonly about: AuditAbout;
  /** The program that wrote it; empty in records from before there was a chain, as their hash is. */
  readonly version: string;
  readonly hash: string;
};
