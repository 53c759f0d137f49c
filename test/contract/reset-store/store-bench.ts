import { afterEach, beforeEach, expect } from '@jest/globals';
import type { Log } from '../../../src/base/log.ts';
import type { ResetStore } from '../../../src/reset/ports/request-store.ts';
import type { ResetRequest } from '../../../src/reset/request.ts';
import type { AuditEntry, AuditKind } from '../../../src/reset/audit-entry.ts';
import { makeStep } from '../../../src/reset/step.ts';
import { createFindOwedNote } from '../../../src/reset/tickets/ticket-notes.ts';
import { Secret } from '../../../src/base/secret.ts';
import type { Store } from '../../../src/store/open-store.ts';
import { type AuditRecord, readAuditRecords } from '../../support/read-audit-records.ts';

/** The ticket system of a house knows numbers of digits. */
export const findNumberedNote = createFindOwedNote({
  readNumber: (typed) => (/^\d+$/.test(typed) ? typed : undefined),
});

/** One empty database: stores on it, and a hand that reaches past them. */
export type House = {
  /** Its `DATABASE_URL`. */
  readonly url: string;
  openStore(trailLog?: Log): Promise<Store>;
  /** Runs a statement past the store. */
  run(statement: string): Promise<void>;
  /** The same, without what the database itself forbids. */
  tamper(statement: string): Promise<void>;
  remove(): Promise<void>;
};

/** A store on an empty database of its own for each test, and what the tests do with it again and again. */
export type StoreBench = {
  /** An instant that the tests and the database's own clock both take for the present. */
  readonly now: number;
  store(): Store;
  house(): House;
  reopen(): Promise<void>;
  /** Another store on the same database, or undefined where there may be only one. */
  openSecond(): Promise<Store | undefined>;
  entry(kind: AuditKind): AuditEntry;
  add(request: ResetRequest): Promise<ResetRequest>;
  step(before: ResetRequest, change: Partial<ResetRequest>): ReturnType<ResetStore['swap']>;
  readTrail(after?: number, atMost?: number): Promise<readonly AuditRecord[]>;
};

/** Opens a store before each test and closes it afterwards. */
export function createStoreBench(build: () => Promise<House>): StoreBench {
  const now = Date.now();
  let house: House;
  let store: Store;

  beforeEach(async () => {
    house = await build();
    store = await house.openStore();
  });

  afterEach(async () => {
    await store.close();
    await house.remove();
  });

  const entry = (kind: AuditKind): AuditEntry => ({ at: now, kind, actor: 'robin', facts: {} });
  return {
    now,
    entry,
    store: () => store,
    house: () => house,
    openSecond: async () => (store.kind === 'sqlite' ? undefined : house.openStore()),
    reopen: async () => {
      store = await house.openStore();
    },
    add: async (request) => {
      await expect(store.resets.add(request, entry('proposed'))).resolves.toBe('added');
      return request;
    },
    step: (before, change) =>
      store.resets.swap(before, makeStep(before, change, { at: now, kind: 'confirmed', actor: 'robin' })),
    readTrail: (after, atMost) => readAuditRecords(new Secret(house.url), after, atMost),
  };
}
