/** What must survive a restart: requests, questions, freezes, audit log, sealed secrets and tokens, on SQLite or PostgreSQL. */
export {
  type AuditChain,
  type AuditEventRow,
  chainStart,
  createAuditChain,
  formatAuditEvent,
} from './audit-trail/audit-chain.ts';
export type { AuditHead } from './audit-trail/chain-head.ts';
export { openTrail, readPages, type Trail } from './audit-trail/open-trail.ts';
export type { TableFault, TableFaults } from './audit-trail/schema-drift.ts';
export type { TrailBounds, TrailRow } from './audit-trail/trail-rows.ts';
export { backUpSqlite, markRestored } from './backup.ts';
export { withStoreErrors } from './database/database.ts';
export { requireCurrentSchema } from './database/migrate.ts';
export { openDatabase } from './database/open-database.ts';
export { readStoreError, StoreError } from './database/store-error.ts';
export { openStore, type Store } from './open-store.ts';
export { type SignedTable, signedTables } from './rows/row-authentication.ts';
export { createSealer, type KeyedSealer } from './sealing.ts';
export { nameSignable, readSignableRows, type SignableRow } from './rows/take-over-rows.ts';
export { createStoreClock } from './store-clock.ts';
export { openTokenStore, type OpenTokenStore } from './token-store.ts';
