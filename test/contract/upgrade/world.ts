import { sql } from 'kysely';
import { sandboxPolicy } from '../../../src/app/watch-policy-file.ts';
import { type ChainResult, verifyChain } from '../../../src/audit/verify-chain.ts';
import { asId, type QuestionId, type ResetRequestId, type UserId } from '../../../src/base/ids.ts';
import { createLog, type Log } from '../../../src/base/log.ts';
import { Secret } from '../../../src/base/secret.ts';
import type { MessageAddress } from '../../../src/reset/identity.ts';
import { createCachedGroups } from '../../../src/reset/policy/groups.ts';
import type { Messages } from '../../../src/reset/ports/messages.ts';
import type { UserLookUp } from '../../../src/reset/ports/partner-center.ts';
import { createPrivateFactsMemory } from '../../../src/reset/private-facts.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import { createResetUseCases } from '../../../src/reset/reset-use-cases.ts';
import type { Target } from '../../../src/reset/target.ts';
import { createAuditChain } from '../../../src/store/audit-trail/audit-chain.ts';
import type { AuditHead } from '../../../src/store/audit-trail/chain-head.ts';
import { openTrail } from '../../../src/store/audit-trail/open-trail.ts';
import type { StoreRole } from '../../../src/store/database/database.ts';
import { openStore, type Store } from '../../../src/store/open-store.ts';
import { createSealer } from '../../../src/store/sealing.ts';
import type { HandClock } from '../../support/hand-clock.ts';
import { createPretendGroups } from '../../support/pretend-groups.ts';
import { createPretendPartner } from '../../support/pretend-partner.ts';
import { createSeededRandom } from '../../support/seeded-random.ts';
import { asPlain, type End } from './recorded.ts';

/** Opens a store at the test's time. The database server's time is the test's as well. */
export function openAt(
  url: string,
  clock: HandClock,
  audit: string,
  role: StoreRole = 'bot',
  trailLog?: Log,
): Promise<Store> {
  return openStore({
    url: new Secret(url),
    clock,
    instance: 'after-rebuild',
    auditKey: new Secret(audit),
    role,
    trailLog,
    serverTime: () => sql<number>`${clock.now()}::bigint`,
  });
}

/** Verifies the trail, its tables, and that it contains the printed heads. */
export async function checkTrail(url: string, audit: string, printed: readonly AuditHead[]): Promise<ChainResult> {
  const trail = await openTrail(new Secret(url));
  try {
    const chain = createAuditChain(new Secret(audit));
    const answer = await verifyChain({ trail, chain, printed });
    const { faults } = await trail.tables();
    if (faults.length > 0) throw new Error(`the trail's tables were altered: ${JSON.stringify(faults)}`);
    return answer;
  } finally {
    await trail.close();
  }
}

/**
 * Builds the use cases on an opened store, with a pretended Partner Center and pretended chats.
 * Every message that was ever posted still exists.
 */
export function createUpgradeWorld(
  opened: Store,
  clock: HandClock,
  sealing: readonly string[],
  people: readonly Target[],
) {
  const asked = new Set<Promise<unknown>>();
  const watch = <Port extends Record<string, (...given: never[]) => Promise<unknown>>>(port: Port): Port =>
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the same names with the same methods behind them
    Object.fromEntries(
      Object.entries(port).map(([name, method]) => [
        name,
        (...given: never[]) => {
          const answer = method(...given).finally(() => asked.delete(answer));
          asked.add(answer);
          return answer;
        },
      ]),
    ) as Port;
  const resetStore = watch(opened.resets);
  const random = createSeededRandom(2);
  const partner = createPretendPartner({ clock, store: resetStore, journal: [] });
  const known = new Map<string, Target>(people.map((target) => [target.user.id, target]));
  const sent: string[] = [];
  const put: { readonly request: string; readonly password: string }[] = [];
  const failed: string[] = [];
  let number = 0;
  const newAddress = (like: MessageAddress['conversation']): MessageAddress => ({
    conversation: like,
    activityId: `message-after-${(number += 1)}`,
  });
  const done = () => Promise.resolve({ kind: 'done' } as const);
  const messages: Messages = {
    expectDelivery: () => Promise.resolve(),
    countOutsiders: () => Promise.resolve(0),
    listMembers: () => Promise.resolve([]),
    mentionApprovers: () => Promise.resolve(),
    remindApprovers: () => Promise.resolve(),
    sendPrivateDetails: () => Promise.resolve({ kind: 'done' }),
    findReaders: () => Promise.resolve({ kind: 'requester' }),
    openDirectMessage: ({ askedIn }) => Promise.resolve({ kind: 'open', address: newAddress(askedIn) }),
    updateDirectMessage(request, secret) {
      if (secret !== undefined) put.push({ request: request.id, password: secret.reveal((text) => text) });
      return done();
    },
    retirePlaceholder: done,
    updateRequestCard: done,
    sendApprovalCard: ({ askedIn }, where) =>
      Promise.resolve({ kind: 'asked', card: newAddress(where.kind === 'chat' ? where.conversation : askedIn) }),
    updateApprovalCard: done,
    updateQuestionCard: done,
    sendEndOfApprovalNotice: done,
    sendUndeliveredNotice: () => Promise.resolve(),
  };
  const resets = createResetUseCases({
    store: resetStore,
    questions: watch(opened.questions),
    freezes: watch(opened.freezes),
    contacts: watch(opened.contacts),
    sealer: createSealer(
      sealing.map((key) => new Secret(key)),
      (length) => random.bytes(length),
    ),
    directory: {
      find: () => Promise.resolve({ kind: 'customer-missing', typed: '', people: [] }),
      lookUp: (_customer, user: UserId): Promise<UserLookUp> => {
        const target = known.get(user);
        return Promise.resolve(target === undefined ? { kind: 'gone' } : { kind: 'found', user: target.user });
      },
    },
    findCustomer: () => Promise.resolve({ kind: 'nobody' }),
    privateFacts: createPrivateFactsMemory(clock),
    followUps: undefined,
    writeBack: undefined,
    groups: createCachedGroups({ groups: createPretendGroups(), clock }),
    setPassword: (operation, password, deadline) => {
      sent.push(operation.operationId);
      return partner.setPassword(operation, password, deadline);
    },
    messages,
    makePassword: () => new Secret(`FAKE-After-${random.token().slice(0, 8)}-42`),
    policy: () => sandboxPolicy,
    delivery: 'message',
    restoredFrom: undefined,
    clock,
    random,
    log: createLog({
      write: (line) => {
        if (/"level":"error"/.test(line) && !line.includes('reset-needs-attention')) failed.push(line);
      },
      clock,
      level: 'error',
    }),
    raiseAlarm: () => undefined,
    instance: 'after-rebuild',
    retentionMilliseconds: 400 * 24 * 60 * 60_000,
    durations: { lease: 45_000, resetTry: 25_000, poll: 1000 },
  });

  async function settle(): Promise<void> {
    for (;;) {
      for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
      if (asked.size === 0) return;
      await Promise.allSettled(asked);
    }
  }

  return {
    resets,
    /** Every password that was put into a chat. */
    put,
    /** Calls that broke a port's rules, and failures that were logged. */
    wrong: (): readonly string[] => [...partner.broken, ...failed],
    sentPasswords: (): readonly string[] => partner.tries.map(({ password }) => password),
    settle,
    /** Lets the time pass, at first in small steps, so that every poll takes place. */
    async pass(milliseconds: number): Promise<void> {
      let left = milliseconds;
      for (let step = 1; left > 0; step += 1) {
        const part = Math.min(left, step > 20 ? (step > 120 ? 5 * 60_000 : 30_000) : 1000);
        clock.advance(part);
        left -= part;
        await settle();
      }
    },
    async endOf(id: string): Promise<End> {
      const request = await opened.resets.find(asId<ResetRequestId>(id));
      if (request === undefined) throw new Error('a request is gone');
      return asPlain({
        state: request.state,
        refusal: request.refusal?.kind,
        attention: request.attention?.kind,
        sent: sent.filter((one) => one === request.operationId).length,
        put: put.filter((one) => one.request === request.id).length,
      });
    },
    async endOfQuestion(id: string): Promise<string> {
      return (await opened.questions.find(asId<QuestionId>(id)))?.state ?? 'deleted';
    },
  };
}
export type UpgradeWorld = ReturnType<typeof createUpgradeWorld>;

/** Maps the labels of requests and questions to their ids. */
export function mapLabelsToIds(
  ...recorded: readonly Iterable<readonly [string, { readonly label: string }]>[]
): ReadonlyMap<string, string> {
  return new Map(recorded.flatMap((rows) => [...rows].map(([id, { label }]) => [label, id] as const)));
}

/** Presses the buttons that wait: confirms a proposal, approves a request, chooses a user. Then ten hours pass. */
export async function runToEnd(world: UpgradeWorld, store: Store, ids: ReadonlyMap<string, string>): Promise<void> {
  const { resets } = world;
  resets.start();
  await world.settle();
  const proposal = await find('proposed, waits to be confirmed');
  if (proposal !== undefined) {
    await resets.confirm(proposal.id, proposal.technician, { verification: 'In person', ticket: '' });
  }
  const waiting = await find('awaiting approval, asked in the group');
  if (waiting !== undefined) {
    const { id, technician, askedIn } = waiting;
    const contacts = await store.contacts.latest(technician.tenantId, 10);
    const other = contacts.find(({ person }) => person.objectId !== technician.objectId);
    if (other !== undefined) await resets.decideApproval(id, other.person, askedIn, 'approved');
  }
  const asked = ids.get('open, near user, more than are shown');
  const question = asked === undefined ? undefined : await store.questions.find(asId<QuestionId>(asked));
  if (question !== undefined) {
    await resets.choose(question.id, question.technician, question.choices[0]?.key ?? '');
  }
  await world.pass(10 * 60 * 60_000);
  await resets.stop();
  await world.settle();

  async function find(label: string): Promise<ResetRequest | undefined> {
    const id = ids.get(label);
    return id === undefined ? undefined : store.resets.find(asId<ResetRequestId>(id));
  }
}
