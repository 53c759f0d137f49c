import { sandboxPolicy } from '../../src/app/watch-policy-file.ts';
import { asId, type ObjectId, type ResetRequestId, type TenantId, type UserId } from '../../src/base/ids.ts';
import { createLog } from '../../src/base/log.ts';
import { Secret } from '../../src/base/secret.ts';
import { type Alarm, raiseOncePerSealingKey } from '../../src/reset/alarm.ts';
import type { Dependencies } from '../../src/reset/dependencies.ts';
import type { Technician } from '../../src/reset/identity.ts';
import type { Tickets } from '../../src/reset/ports/tickets.ts';
import { createCachedGroups } from '../../src/reset/policy/groups.ts';
import type { FollowUps, MakeAccessPass, SignOut, WriteBack } from '../../src/reset/ports/graph-actions.ts';
import { createPrivateFactsMemory } from '../../src/reset/private-facts.ts';
import type { Policy } from '../../src/reset/policy/policy.ts';
import type { ResetRequest } from '../../src/reset/request.ts';
import type { AuditKind } from '../../src/reset/audit-entry.ts';
import { recordsOf } from '../../src/reset/step.ts';
import { createResetUseCases, type ResetUseCases } from '../../src/reset/reset-use-cases.ts';
import { createFindOwedNote } from '../../src/reset/tickets/ticket-notes.ts';
import { describeTicketNote } from '../../src/texts/ticket-notes.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { createStoreClock } from '../../src/store/store-clock.ts';
import { buildResetRequest } from './build-reset-request.ts';
import { createHandClock } from './hand-clock.ts';
import { createPowerSwitch, type PowerSwitch } from './power-switch.ts';
import { createPretendChats } from './pretend-chats.ts';
import { createPretendGroups } from './pretend-groups.ts';
import { createPretendPartner } from './pretend-partner.ts';
import { type AuditRecord, readAuditRecords } from './read-audit-records.ts';
import { createSeededRandom } from './seeded-random.ts';
import { openWorldStore } from './world-store.ts';

export type ResetWorld = Awaited<ReturnType<typeof createResetWorld>>;

/** The sealing keys that a process may have. */
export type KeyName = 'old' | 'new';

/** One process of Locksmith: its use cases, and the switch that kills it. */
export type Process = { readonly resets: ResetUseCases; readonly power: PowerSwitch };

const { technician: robin, askedIn, target } = buildResetRequest();
export const said = { verification: 'In person', ticket: 'T-4711' };
export { robin, askedIn, target };

/** Somebody else of the same tenant. */
export const sam: Technician = {
  ...robin,
  objectId: asId<ObjectId>('5a500000-0000-4000-8000-000000000002'),
  teamsUserId: '29:sam',
  name: 'Sam Field',
  userPrincipalName: 'sam@partner.example',
};

/** Somebody of another tenant with the same object id. */
export const stranger: Technician = { ...robin, tenantId: asId<TenantId>('0ff00000-0000-4000-8000-000000000003') };

/**
 * The real use cases over the real store and sealer, with time, chats and Partner Center in the test's hand. What happens
 * outside, and every step of a request, stands in `journal` in order. The store is a SQLite file, or the empty PostgreSQL
 * database of that address, whose server takes the test's time for its own.
 */
export async function createResetWorld(
  given: {
    readonly delivery?: 'message' | 'reveal';
    readonly policy?: Partial<Policy>;
    readonly seed?: number;
    /** Signs a user out by Microsoft Graph; it is off where nothing is given. */
    readonly signOut?: SignOut;
    /** Makes a Temporary Access Pass; with either of the two Graph is on. */
    readonly accessPass?: MakeAccessPass;
    /** Since when sessions are valid; it cannot be read where nothing is given. */
    readonly sessionsValidFrom?: FollowUps['sessionsValidFrom'];
    readonly writeBack?: WriteBack;
    readonly postgres?: string | undefined;
    readonly tickets?: Tickets | undefined;
    /** What a process works with, with a mistake planted into it. */
    readonly plant?: (dependencies: Dependencies, instance: string) => Dependencies;
  } = {},
) {
  const clock = createHandClock();
  const random = createSeededRandom(given.seed ?? 1);
  const journal: string[] = [];
  const commits: (readonly AuditKind[])[] = [];
  const logged: string[] = [];
  const made: string[] = [];
  const alarms: Alarm[] = [];
  const groups = createPretendGroups();
  let sealsOpen = true;
  let makesPasswords = true;
  let policy: Policy = { ...sandboxPolicy, ...given.policy };
  const { store, url, machineClock, readFiles, writePast, remove, atRest } = await openWorldStore({
    clock,
    postgres: given.postgres,
    findOwedNote: createFindOwedNote(given.tickets),
  });
  store.watchAlterations((altered) => alarms.push({ kind: 'row-altered', ...altered }));
  const ownClock = await createStoreClock(
    store,
    machineClock,
    () => undefined,
    (milliseconds) => alarms.push({ kind: 'clocks-disagree', milliseconds }),
  );
  // Asked once: it would be asked in the middle of a jump, and time stands still meanwhile only in tests.
  ownClock.stop();
  const keys = { old: 7, new: 9 } as const;
  const makeSealer = (names: readonly KeyName[]) =>
    createSealer(
      names.map((name) => new Secret(Buffer.alloc(32, keys[name]).toString('base64'))),
      (length) => random.bytes(length),
    );
  const partner = createPretendPartner({ clock, store: store.resets, journal });
  const chats = createPretendChats({ store: store.resets, journal });
  const privateFacts = createPrivateFactsMemory(ownClock);
  const switches: PowerSwitch[] = [];
  let asked = 0;

  /** Starts another process over the same database, with these sealing keys. */
  function boot(instance: string, names: readonly KeyName[] = ['old']): Process {
    const power = createPowerSwitch();
    const sealer = makeSealer(names);
    switches.push(power);
    const dependencies: Dependencies = {
      store: power.wire('store', {
        ...store.resets,
        swap: async (before, step) => {
          const kinds = recordsOf(step).map(({ entry }) => entry.kind);
          for (const kind of kinds) await power.beforeStep(kind);
          const swapped = await store.resets.swap(before, step);
          if (swapped.kind === 'swapped') {
            journal.push(...kinds);
            commits.push(kinds);
            for (const kind of kinds) await power.afterStep(kind);
          }
          return swapped;
        },
      }),
      questions: power.wire('questions', store.questions),
      freezes: power.wire('freezes', store.freezes),
      contacts: power.wire('contacts', store.contacts),
      notes: power.wire('notes', store.notes),
      describeNote: describeTicketNote,
      findCustomer: (typed) => Promise.resolve(partner.findCustomer(typed)),
      sealer: { ...sealer, open: (...sealed) => (sealsOpen ? sealer.open(...sealed) : { kind: 'broken' }) },
      directory: power.wire('directory', partner.directory),
      groups: createCachedGroups({ groups, clock }),
      privateFacts,
      writeBack: given.writeBack && power.wire('graph', given.writeBack),
      followUps:
        given.signOut === undefined && given.accessPass === undefined
          ? undefined
          : {
              ...power.wire('graph', {
                signOut: given.signOut ?? (() => Promise.resolve({ kind: 'not-asked' as const })),
                accessPass: given.accessPass ?? (() => Promise.resolve({ kind: 'not-asked' as const })),
                sessionsValidFrom: given.sessionsValidFrom ?? (() => Promise.resolve(undefined)),
              }),
              isAvailable: () => true,
              recall: () => Promise.resolve(),
            },
      setPassword: power.wire('partner', { setPassword: partner.setPassword }).setPassword,
      messages: power.wire('messages', chats.messages),
      tickets: given.tickets && { ...given.tickets, ...power.wire('tickets', methodsOf(given.tickets)) },
      makePassword: () => {
        if (!makesPasswords) throw new Error('a defect');
        const password = `CANARY-Word-${random.token()}-42`;
        made.push(password);
        return new Secret(password);
      },
      policy: () => policy,
      delivery: given.delivery ?? 'message',
      restoredFrom: undefined,
      clock: ownClock,
      random,
      log: createLog({ write: (line) => logged.push(line), clock, level: 'debug' }),
      raiseAlarm: raiseOncePerSealingKey((alarm) => alarms.push(alarm)),
      instance,
      retentionMilliseconds: 400 * 24 * 60 * 60_000,
      durations: { lease: 45_000, resetTry: 25_000, poll: 1000 },
    };
    return { resets: createResetUseCases(given.plant?.(dependencies, instance) ?? dependencies), power };
  }

  /** Lets everything run that waits for nothing but other code and the store. */
  async function settle(): Promise<void> {
    do {
      for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
    } while (await atRest());
  }

  /** Moves time on, a second at a time at both ends and in jumps between, so that polls have their say; in days the jumps are longer. */
  async function pass(milliseconds: number): Promise<void> {
    let left = milliseconds;
    for (let step = 1; left > 0; step += 1) {
      const jump = left > 24 * 60 * 60_000 ? 10 * 60_000 : 60_000;
      const part = Math.min(left, step > 20 && left > 70_000 ? jump : 1000);
      clock.advance(part);
      left -= part;
      await settle();
    }
    await settle();
  }

  const readTrail = (): Promise<readonly AuditRecord[]> => readAuditRecords(url);

  return {
    clock,
    journal,
    /** The steps of requests that were committed, those of one commit together. */
    commits,
    logged,
    made,
    alarms,
    groups,
    partner,
    chats,
    /** What all processes remember of Microsoft Graph; in truth each has its own. */
    privateFacts,
    boot,
    settle,
    pass,
    readTrail,
    /** The `DATABASE_URL` of the store. */
    url,
    kind: store.kind,
    /** Closes the store before the world ends, so that another process can open it. */
    closeStore: () => store.close(),
    /** Writes a row past the store, on SQLite. */
    writePast,
    resets: store.resets,
    freezes: store.freezes,
    contacts: store.contacts,
    questions: store.questions,
    notes: store.notes,
    change: (part: Partial<Policy>): void => {
      policy = { ...policy, ...part };
    },
    /** From now on nothing that is sealed opens, though its key is there. */
    breakSeals: (): void => {
      sealsOpen = false;
    },
    /** From now on making a password fails. */
    breakPasswords: (): void => {
      makesPasswords = false;
    },
    /** From now on it opens again. */
    mendSeals: (): void => {
      sealsOpen = true;
    },
    /** The request as it stands, which has to be there. */
    async stands(id: ResetRequestId): Promise<ResetRequest> {
      const request = await store.resets.find(id);
      if (request === undefined) throw new Error('no such request');
      return request;
    },
    /** Asks for the one person, shows the card, and gives the proposed request. */
    async ask(
      process: Process,
      technician: Technician = robin,
      conversation = askedIn,
      ticket?: string,
    ): Promise<ResetRequest> {
      if (ticket !== undefined) partner.find({ kind: 'found', target, customerInferred: false, facts: { ticket } });
      asked += 1;
      const proposal = await process.resets.propose({
        technician,
        conversation,
        activityId: `f:asked-${asked}`,
        text: 'reset password for Ann Lee at Contoso Bikes',
      });
      if (proposal.kind !== 'proposed') throw new Error(`not proposed: ${proposal.kind}`);
      await process.resets.rememberCard(proposal.request.id, chats.postCard());
      return proposal.request;
    },
    /** Every place where something is kept: the database with its log, the lines of the log, the trail. */
    async readEverySink(): Promise<string> {
      return [await readFiles(), ...logged, JSON.stringify(await readTrail()), journal.join()].join('\n');
    },
    async close(): Promise<void> {
      for (const power of switches) power.cut();
      await settle();
      await store.close();
      remove();
    },
  };
}

/** Those of its methods that leave the process. */
function methodsOf({ lookUp, addNote, findNote }: Tickets) {
  return { ...(lookUp && { lookUp }), addNote, ...(findNote && { findNote }) };
}

/** The same person under another id, so that two requests are not for one user. */
export function userNumbered(number: number): UserId {
  return asId<UserId>(`e5000000-0000-4000-8000-${String(number).padStart(12, '0')}`);
}
