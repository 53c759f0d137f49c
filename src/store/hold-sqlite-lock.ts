import { DatabaseSync } from 'node:sqlite';
import { readStoreError } from './read-store-error.ts';
import { StoreError } from './store-error.ts';

/**
 * Holds a transaction open on a small database of its own until the returned function is called or the process ends,
 * however it ends. Throws a `StoreError` `already-running` where somebody else holds it.
 */
export function holdSqliteLock(path: string): () => void {
  const lock = new DatabaseSync(path, { timeout: 0 });
  try {
    lock.exec('pragma journal_mode = off; begin exclusive');
  } catch (error) {
    lock.close();
    const failure = readStoreError(error);
    throw failure instanceof StoreError && failure.code === 'locked' ? new StoreError('already-running') : failure;
  }
  return () => {
    if (lock.isOpen) lock.close();
  };
}
