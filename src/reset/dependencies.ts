import type { Clock, Log, Random, Secret } from '../base/index.ts';
import type { RaiseAlarm } from './alarm.ts';
import type { Groups } from './policy/groups.ts';
import type { Policy } from './policy/policy.ts';
import type { Messages } from './ports/messages.ts';
import type { Directory, FindCustomer, PasswordSetting } from './ports/partner-center.ts';
import type { ContactStore, FreezeStore, QuestionStore, ResetStore, Sealer } from './ports/stores.ts';
import type { Target } from './target.ts';

/** What the use cases work with. Each is an argument, so that a test can give another. */
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
  /** `message`: the password stands in the direct message; `reveal`: it only ever goes to the client that asks for it. */
  readonly delivery: 'message' | 'reveal';
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
  /** From when the backup is that this store was restored from; undefined where it was not. */
  readonly restoredFrom: number | undefined;
  /** Names this process in leases. */
  readonly instance: string;
  readonly durations: Durations;
};

/** Lengths of time, in milliseconds. A try must end well before the lease it was made under. */
export type Durations = {
  readonly lease: number;
  readonly resetTry: number;
  /** How often the store is asked for work that nobody does. */
  readonly poll: number;
};
