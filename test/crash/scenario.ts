import type { AuditKind } from '../../src/reset/audit-entry.ts';
import type { PassingCall } from '../support/create-checkpoint.ts';
import type { CrashHouse } from './crash-house.ts';

/** How a reset goes: the password stands in a message, or is shown to who presses for it, or a second person approves before. */
export type Way = 'message' | 'reveal' | 'approval';

/**
 * What somebody is doing at the moment: asking, confirming, waiting for an approval, approving, having the password shown,
 * saying that it was passed on.
 */
export type Doing = 'asking' | 'confirming' | 'waiting' | 'approving' | 'reading' | 'passing-on';

/** One way to die, with one thing that goes wrong besides. */
export type Scenario = {
  readonly name: string;
  readonly way: Way;
  readonly death: Death;
  readonly fault: Fault;
};

/** Where a bot dies. */
export type Death = {
  readonly name: string;
  readonly while: Doing;
  readonly kill: KillPoint;
  /** Whether a reset that meets this fault, and nothing else, comes by here. */
  readonly isReachedWith: (fault: Fault) => boolean;
};

/** Something that goes wrong once, with Partner Center or with the connector. */
export type Fault = {
  readonly name: string;
  /** The call that it strikes: the PATCH, opening the 1:1, posting a message, or putting the direct message. */
  readonly strikes: 'nothing' | 'patch' | 'create' | 'post' | 'put';
  /**
   * `refused`: nothing is reset; `unclear`: no one can say whether; `unclear-if-heard`: likewise, and where a
   * dead bot alone has heard it the next answer may be a proof; unless the death makes the answer another one.
   */
  readonly leads: 'nowhere' | 'refused' | 'unclear' | 'unclear-if-heard';
  /** Whether it may strike the hiding of a password too, and not only what goes before. */
  readonly mayStrikeHiding: boolean;
  /** Makes the next such call go wrong. */
  readonly strike: (house: CrashHouse) => void;
};

/** Right after a step was committed, or at a call to the outside. */
export type KillPoint =
  | { readonly kind: 'step'; readonly step: AuditKind; readonly nth: number }
  | {
      readonly kind: 'call';
      readonly to: 'connector' | 'partner-center';
      /** Before it has an effect, or when its answer is on the way. */
      readonly when: 'before' | 'between';
      readonly fits: (call: PassingCall) => boolean;
    };
