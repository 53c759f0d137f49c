import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Random } from '../random.ts';
import type { Secret } from '../secret.ts';
import type { RaiseAlarm } from './alarm.ts';
import type { ContactStore } from './contact-store.ts';
import type { FindCustomer } from './find-customer.ts';
import type { FreezeStore } from './freeze-store.ts';
import type { Policy } from './policy.ts';
import type { Directory, Groups, Messages, PasswordSetting, QuestionStore, ResetStore, Sealer } from './ports.ts';
import type { Target } from './target.ts';

/** What the use cases work with. Each is an argument, so that a test can give another. */
export type Tools = {
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
  readonly lengths: Lengths;
};

/** Lengths of time, in milliseconds. A try must end well before the lease it was made under. */
export type Lengths = {
  readonly lease: number;
  readonly resetTry: number;
  /** How often the store is asked for work that nobody does. */
  readonly poll: number;
};
