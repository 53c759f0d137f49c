import { DatabaseSync } from 'node:sqlite';

const plentyOfPages = 1_000_000;

/**
 * Keeps hold of the database that the bot opens for itself, because some troubles of a disk can only be made on the
 * bot's own connection. Has to be called before the bot is made.
 */
export function catchDatabase() {
  const caught: DatabaseSync[] = [];
  // oxlint-disable-next-line typescript/unbound-method -- called on the database it is meant for
  const { exec } = DatabaseSync.prototype;
  DatabaseSync.prototype.exec = function execAndKeep(this: DatabaseSync, text: string): void {
    if (text.includes('journal_mode = wal')) caught.push(this);
    exec.call(this, text);
  };
  const database = (): DatabaseSync => {
    const last = caught.at(-1);
    if (last === undefined) throw new Error('the bot has opened no SQLite database');
    return last;
  };
  return {
    /** Leaves no page free, as a full disk would. */
    fill(): void {
      database().exec('create table if not exists filler (bytes blob)');
      const pages = Number(database().prepare('pragma page_count').get()?.['page_count']);
      database().exec(`pragma max_page_count = ${pages}`);
      for (const size of [3500, 500, 50]) while (tryToInsert(size));
    },
    makeReadOnly(): void {
      database().exec('pragma query_only = on');
    },
    mend(): void {
      database().exec(`pragma query_only = off; pragma max_page_count = ${plentyOfPages}`);
    },
  };

  function tryToInsert(size: number): boolean {
    try {
      database().exec(`insert into filler values (zeroblob(${size}))`);
      return true;
    } catch {
      return false;
    }
  }
}
