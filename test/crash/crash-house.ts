import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createPretendPartnerCenter,
  type PretendCustomer,
  type PretendPartnerCenter,
  type PretendUser,
} from '../../src/sandbox/partner-center/index.ts';
import { type Bell, createBell } from '../support/bell.ts';
import { type Checkpoint, createCheckpoint, type PassingCall } from '../support/create-checkpoint.ts';
import { createFakeConnector, type FakeConnector } from '../support/fake-connector.ts';
import { formsOfSecret } from '../support/forms-of-secret.ts';
import { own } from '../support/own.ts';
import type { PostgresServer } from '../support/postgres.ts';
import { type BotSettings, halfAnHourMilliseconds } from './bot-orders.ts';
import { createTrailCheck } from './check-trail.ts';
import { findAnyOf } from './find-any-of.ts';
import { lookIntoStore, type StoreLook } from './look-into-store.ts';
import { type Bot, type SeenStep, startBot } from './start-bot.ts';

/** Short, so that no one waits long for a lease to end; a try still ends well before it. Longer on a slow machine. */
export const durations = { lease: 1500, resetTry: 700, poll: 100 } as const;
const connectorLimits = { tryMilliseconds: 500, retryWithinMilliseconds: 1500 } as const;

/** One store, bots on it in processes of their own, and the world around them in this one. */
export type CrashHouse = {
  readonly bell: Bell;
  /** As bots and people see it: behind a checkpoint. */
  readonly connector: FakeConnector;
  readonly partnerCenter: PretendPartnerCenter;
  readonly toConnector: Checkpoint;
  readonly toPartnerCenter: Checkpoint;
  /** Every call of either kind that got out, in order. */
  readonly journal: readonly PassingCall[];
  /** The SQLite file, where the store is one. */
  readonly file: string;
  readonly databaseUrl: string;
  readonly store: StoreLook;
  /** Every bot that was started, the dead ones too. */
  readonly bots: readonly Bot[];
  /** The steps that any of them has committed since then, in the order in which they were heard of. */
  stepsSince(at: number): readonly SeenStep[];
  start(changes?: Partial<BotSettings>): Promise<Bot>;
  /** Moves the clocks of all bots, and of those that are started later. */
  halfAnHourPasses(): Promise<void>;
  /** An ordinary user whom no one was given before. */
  nextUser(): { readonly customer: PretendCustomer; readonly user: PretendUser };
  /** Where any of these passwords lies in the store's files or tables or in what a bot has printed, in any form. */
  findLeaks(passwords: readonly string[]): Promise<readonly string[]>;
  /** The same for what is dear to read often: only what these bots have printed, the tables, and the files where they are small. */
  findFreshLeaks(passwords: readonly string[], bots: readonly Bot[]): Promise<readonly string[]>;
  /** What is wrong with the audit trail as far as it was written since the last time, or with `anew` all of it. */
  checkTrail(how?: 'anew'): Promise<readonly string[]>;
  /** How many records of the trail were found to be whole. */
  trailRows(): number;
  close(): Promise<void>;
};

/** Builds a house on a SQLite file of its own, or on a new database of that server. */
export async function buildCrashHouse(server?: PostgresServer, given: Partial<BotSettings> = {}): Promise<CrashHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-crash-'));
  const file = join(folder, 'locksmith.db');
  const databaseUrl = server === undefined ? `sqlite:${file}` : await server.createDatabase();
  const bell = createBell();
  const journal: PassingCall[] = [];
  const heard = (call: PassingCall, what: 'sent' | 'answered'): void => {
    if (what === 'sent') journal.push(call);
    bell.ring();
  };
  const connector = await createFakeConnector();
  const partnerCenter = createPretendPartnerCenter({ quirks: false });
  const toConnector = await createCheckpoint(connector.url, heard);
  const toPartnerCenter = await createCheckpoint((await partnerCenter.listen()).url, heard);
  const users = ordinaryUsers(partnerCenter);
  const bots: Bot[] = [];
  let passed = 0;
  const starting = new Set<Promise<Bot>>();
  const store = lookIntoStore(databaseUrl);
  const trail = createTrailCheck(databaseUrl);
  const began = statSync(folder).birthtimeMs;
  const find = async (passwords: readonly string[], printers: readonly Bot[], where: string | undefined) => {
    const holds = findAnyOf(passwords.flatMap(formsOfSecret));
    const files = where === undefined ? [] : filesChangedSince(where, began);
    return [
      ...files.filter((path) => holds(withoutEmptyEnd(readIfThere(path)))),
      ...printers
        .filter(({ lines }) => holds(Buffer.from(lines.join('\n'))))
        .map(({ pid }) => `what the process ${pid} printed`),
      ...(holds(Buffer.from(await store.everything())) ? ['a row of a table'] : []),
    ].map((path) => `a password lies in ${path}`);
  };
  return {
    bell,
    connector: { ...connector, url: `${toConnector.url}/` },
    partnerCenter,
    toConnector,
    toPartnerCenter,
    journal,
    file,
    databaseUrl,
    store,
    bots,
    stepsSince: (at) =>
      bots.flatMap(({ steps }) => steps.filter((step) => step.at >= at)).sort((one, other) => one.at - other.at),
    async start(changes = {}) {
      const settings: BotSettings = {
        databaseUrl,
        partnerCenterUrl: toPartnerCenter.url,
        delivery: 'message',
        showPasswordForMinutes: 15,
        durations,
        connectorLimits,
        stretches: true,
        aheadMilliseconds: passed,
        plant: 'none',
        ...given,
        ...changes,
      };
      const coming = startBot(settings, bell).then((bot) => {
        bots.push(bot);
        return bot;
      });
      starting.add(coming);
      return coming.finally(() => starting.delete(coming));
    },
    async halfAnHourPasses() {
      passed += halfAnHourMilliseconds;
      const living = bots.filter((bot) => !bot.isGone());
      await Promise.all(living.map((bot) => bot.order({ at: undefined, act: 'half-an-hour-passes' })));
    },
    nextUser() {
      const { value } = users.next();
      if (value === undefined) throw new Error('everybody was reset already');
      return value;
    },
    findLeaks: (passwords) => find(passwords, bots, server?.folder ?? folder),
    findFreshLeaks: (passwords, printers) => find(passwords, printers, server === undefined ? folder : undefined),
    checkTrail: (how) =>
      trail.check(
        bots.flatMap(({ heads }) => heads),
        how,
      ),
    trailRows: () => trail.rows(),
    async close() {
      await Promise.allSettled(starting);
      await Promise.all(bots.filter((bot) => !bot.isGone()).map((bot) => bot.signal('SIGKILL')));
      await toConnector.close();
      await toPartnerCenter.close();
      await partnerCenter.close();
      await connector.close();
      await trail.close();
      await store.close();
      if (server !== undefined) await server.dropDatabase(databaseUrl);
      rmSync(folder, { recursive: true });
    },
  };
}

/**
 * Users who may be reset, one of each of the smaller customers in turn, because a name is found among all of a customer's;
 * then, for whoever wants thousands, of the larger ones.
 */
function* ordinaryUsers({ data }: PretendPartnerCenter) {
  for (const [least, most] of customerSizes) {
    const customers = data.customers.filter(
      ({ userCount, isHybrid }) => userCount > least && userCount <= most && !isHybrid,
    );
    for (let number = 0; number < most; number += 1) {
      for (const customer of customers) {
        const [user] = data.users(customer.id)?.slice('active', undefined, number, 1) ?? [];
        if (user !== undefined && isOrdinary(user)) yield { customer, user };
      }
    }
  }
}

const customerSizes = [
  [0, 500],
  [500, 1500],
] as const;

function isOrdinary(user: PretendUser): boolean {
  const isLocal = user.lastDirectorySyncTime === null && user.userDomainType === 'managed';
  return isLocal && user.roles.length === 0 && !user.userPrincipalName.includes('#EXT#');
}

function filesChangedSince(folder: string, since: number): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => {
      const stat = statSync(path, { throwIfNoEntry: false });
      return stat?.isFile() === true && stat.mtimeMs >= since - 1000;
    });
}

/** A server takes away its own files whenever it likes, and one that is gone keeps nothing. */
function readIfThere(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (failure) {
    if (own(failure, 'code') !== 'ENOENT') throw failure;
    return Buffer.alloc(0);
  }
}

/** A server's log is made of files that are large from the start, and mostly empty. */
function withoutEmptyEnd(bytes: Buffer): Buffer {
  let end = bytes.length;
  while (end >= 4096 && bytes.subarray(end - 4096, end).equals(emptyBlock)) end -= 4096;
  return bytes.subarray(0, end);
}

const emptyBlock = Buffer.alloc(4096);
