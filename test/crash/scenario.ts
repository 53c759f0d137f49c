import type { AuditKind } from '../../src/reset/audit-entry.ts';
import type { PassingCall } from '../support/create-checkpoint.ts';
import type { CrashHouse } from './crash-house.ts';

/** One way to die. */
export type Scenario = {
  readonly name: string;
  /** What the technician is doing: asking, confirming, or saying that the password was passed on. */
  readonly while: 'asking' | 'confirming' | 'passing-on';
  /** What goes wrong besides, set up right before. */
  readonly fault?: (house: CrashHouse) => void;
  readonly kill: KillPoint;
  readonly ends: 'delivered' | 'refused';
};

/** Right after a step was committed, or at a call to the outside. */
export type KillPoint =
  | { readonly kind: 'step'; readonly step: AuditKind; readonly nth?: number }
  | {
      readonly kind: 'call';
      readonly to: 'connector' | 'partner-center';
      /** Before it has an effect, or when its answer is on the way. */
      readonly when: 'before' | 'between';
      readonly fits: (call: PassingCall) => boolean;
    };
