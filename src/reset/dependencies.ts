import type { Clock, Log, Random, Secret } from '../base/index.ts';
import type { RaiseAlarm } from './alarm.ts';
import type { Groups } from './policy/groups.ts';
import type { Policy } from './policy/policy.ts';
import type { FollowUps, WriteBack } from './ports/graph-actions.ts';
import type { Messages } from './ports/messages.ts';
import type { Directory, FindCustomer, PasswordSetting } from './ports/partner-center.ts';
import type { Tickets } from './ports/tickets.ts';
import type { ContactStore, FreezeStore, NoteStore, QuestionStore, Sealer } from './ports/stores.ts';
import type { ResetStore } from './ports/request-store.ts';
import type { PrivateFactsMemory } from './private-facts.ts';
import type { Target } from './target.ts';
import type { TicketNote } from './tickets/ticket-notes.ts';

/**
 * What the use cases and the workflow need from outside. Each is an argument, so that a test can supply another. `app/app.ts`
 * puts them together; each field names the module that makes it. What is wrapped around it there counts and logs, and
 * changes nothing.
 */
export type Dependencies = {
  /** `createResetStore` of store/requests/request-store.ts. */
  readonly store: ResetStore;
  /** `createQuestionStore` of store/question-store.ts. */
  readonly questions: QuestionStore;
  /** `createFreezeStore` of store/freeze-store.ts. */
  readonly freezes: FreezeStore;
  /** `createContactStore` of store/contact-store.ts. */
  readonly contacts: ContactStore;
  /** The name of a chat that approvers are in. Known in the sandbox alone: Teams tells no bot the names of its chats. */
  readonly approverChat?: string | undefined;
  /** `createSealer` of store/sealing.ts. */
  readonly sealer: Sealer;
  /** `createDirectory` of directory/directory.ts. */
  readonly directory: Directory;
  /** `createPrivateFactsMemory` of reset/private-facts.ts, which the cards read too. */
  readonly privateFacts: PrivateFactsMemory;
  /** The same directory. */
  readonly findCustomer: FindCustomer;
  /** `createGraphGroups` of sign-in/graph-groups.ts, behind `createCachedGroups`. */
  readonly groups: Groups;
  /** `createPasswordSetting` of directory/set-password.ts, which sends the PATCH. */
  readonly setPassword: PasswordSetting;
  /** `createFollowUps` of directory/graph/sign-out-pass-and-write-back.ts; undefined where Microsoft Graph is off. */
  readonly followUps: FollowUps | undefined;
  /** `createWriteBack` of directory/graph/sign-out-pass-and-write-back.ts; undefined where Microsoft Graph is off. */
  readonly writeBack: WriteBack | undefined;
  /** `createTeamsMessages` of teams/connector/messages.ts. */
  readonly messages: Messages;
  /** `createTickets` of tickets/create-tickets.ts. Left out where there is no ticket system. */
  readonly tickets?: Tickets | undefined;
  /** `createNoteStore` of store/note-store.ts. */
  readonly notes?: NoteStore | undefined;
  /** Words a note for the people who read a ticket: `describeTicketNote` of texts/ticket-notes.ts. */
  readonly describeNote?: ((note: TicketNote) => string) | undefined;
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
  /** How long requests that are over are kept. */
  readonly retentionMilliseconds: number;
};

/** Durations in milliseconds. An attempt must end well before the lease under which it was made. */
export type Durations = {
  readonly lease: number;
  readonly resetTry: number;
  /** The wait between two polls for due work. */
  readonly poll: number;
  /** How long one instance holds the lease on a note; left out: as `ticketTunables` says. */
  readonly noteLease?: number | undefined;
};
