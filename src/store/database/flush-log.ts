import { type FileHandle, open } from 'node:fs/promises';

/**
 * Brings SQLite's write-ahead log to the disk in one of Node's own threads, so that the main thread does not wait for a disk. It
 * does what SQLite does at each commit with `synchronous` at `full`, and one flush serves all who wait meanwhile.
 * https://sqlite.org/pragma.html#pragma_synchronous
 */
export type LogFlush = {
  /** Something was committed: it stands in the log, and may not be on the disk yet. */
  noteCommit(): void;
  /** Throws what the flush that failed has thrown. */
  requireSound(): void;
  /** Resolves when everything that was committed before is on the disk. */
  untilOnDisk(): Promise<void>;
  close(): Promise<void>;
};

/** Brings a file to the disk. A test has another disk. */
export type ToDisk = (file: FileHandle) => Promise<void>;

/** Makes the flush of the log at `path`, which is there once something was committed. */
export function createLogFlush(path: string, toDisk: ToDisk = (file) => file.datasync()): LogFlush {
  let committed = 0;
  let onDisk = 0;
  let flushing: Promise<void> | undefined;
  let failure: { readonly error: unknown } | undefined;
  let opened: Promise<FileHandle> | undefined;
  return {
    noteCommit() {
      committed += 1;
    },
    requireSound,
    async untilOnDisk() {
      requireSound();
      const wanted = committed;
      // What is committed while a flush is under way needs the next one.
      while (onDisk < wanted) {
        flushing ??= flush().finally(() => {
          flushing = undefined;
        });
        await flushing;
      }
    },
    async close() {
      await flushing?.catch(() => undefined);
      await (await opened)?.close();
    },
  };

  /**
   * A system that could not write something may forget it, and say at the next flush that all is well. So one that has failed is
   * the last: nothing is read or written any more before the next start. https://wiki.postgresql.org/wiki/Fsync_Errors
   */
  function requireSound(): void {
    if (failure !== undefined) throw failure.error;
  }

  async function flush(): Promise<void> {
    const upTo = committed;
    try {
      // SQLite empties the log and goes on with it, so the file stays the same one.
      opened ??= open(path, 'r+');
      await toDisk(await opened);
      onDisk = upTo;
    } catch (error) {
      failure = { error };
      throw error;
    }
  }
}
