import type { Kysely, RawBuilder } from 'kysely';
import type { Schema } from './schema.ts';

/** An open database, and the little in which the two differ. */
export type Database = {
  readonly kind: 'sqlite' | 'postgres';
  readonly db: Kysely<Schema>;
  /** The present as an expression: SQLite, with one bot, takes the caller's word; a server has one clock for all instances. */
  readonly present: (callersNow: number) => RawBuilder<number>;
  /** Called after a transaction has erased a sealed value: removes what is left of it beside the row. */
  readonly afterErasing: () => Promise<void>;
  /** Called now and then: makes up for what `afterErasing` could not do while somebody read. */
  readonly tidy: () => Promise<void>;
  /** Does the work of a migration, one process at a time and for as long as it takes, where that needs a way of its own. */
  readonly forMigration: <Result>(work: (db: Kysely<Schema>) => Promise<Result>) => Promise<Result>;
  /** Waits for what is under way, but cuts it off when `givenUp` resolves. */
  readonly close: (givenUp?: Promise<void>) => Promise<void>;
};

/**
 * Who opens the store: the bot, alone on SQLite and the one that migrates; somebody who reads beside it, or reads a file
 * that nobody writes; or `consent`, which writes a new sign-in beside it.
 */
export type StoreRole = 'bot' | 'reader' | 'reader-of-copy' | 'consent';
