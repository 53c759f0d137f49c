import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { Random } from '../random.ts';
import type { Secret } from '../secret.ts';
import type { RaiseAlarm } from './alarm.ts';
import type { ContactStore } from './ports/contact-store.ts';
import type { FindCustomer } from './ports/find-customer.ts';
import type { FreezeStore } from './ports/freeze-store.ts';
import type { Policy } from './policy/policy.ts';
import type { Directory } from './ports/directory.ts';
import type { Groups } from './ports/groups.ts';
import type { Messages } from './ports/messages.ts';
import type { PasswordSetting } from './ports/password-setting.ts';
import type { QuestionStore } from './ports/question-store.ts';
import type { ResetStore } from './ports/reset-store.ts';
import type { Sealer } from './ports/sealer.ts';
import type { Target } from './people/target.ts';

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
