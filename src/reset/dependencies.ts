import type { Clock, Log, Random, Secret } from '../base/index.ts';
import type { RaiseAlarm } from './alarm.ts';
import type { Groups } from './policy/groups.ts';
import type { Policy } from './policy/policy.ts';
import type { Messages } from './ports/messages.ts';
import type { Directory, FindCustomer, PasswordSetting } from './ports/partner-center.ts';
import type { ContactStore, FreezeStore, QuestionStore, ResetStore, Sealer } from './ports/stores.ts';
import type { Target } from './target.ts';

/**
 * What the use cases and the workflow need from outside. Each is an argument, so that a test can supply another.
 */
export type Dependencies = {
  readonly store: ResetStore;
  readonly questions: QuestionStore;
  readonly freezes: FreezeStore;
  readonly contacts: ContactStore;
  readonly sealer: Sealer;
  readonly directory: Directory;
  readonly findCustomer: FindCustomer;
  readonly groups: Groups;
  readonly setPassword: PasswordSetting;
  readonly messages: Messages;
  readonly makePassword: (target: Target) => Secret;
  /** The policy in force at this moment. */
  readonly policy: () => Policy;
  /**
   * `message`: the direct message shows the password. `reveal`: only the client that presses `Show password` gets it.
   */
  readonly delivery: 'message' | 'reveal';
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
  /** When the backup was made from which this store was restored. Undefined if it was not restored. */
  readonly restoredFrom: number | undefined;
  /** Names this process in leases. */
  readonly instance: string;
  readonly durations: Durations;
};

/** Durations in milliseconds. An attempt must end well before the lease under which it was made. */
export type Durations = {
  readonly lease: number;
  readonly resetTry: number;
  /** The wait between two polls for due work. */
  readonly poll: number;
};
