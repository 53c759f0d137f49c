import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Runs something in an empty working folder: the one of a clone may hold the keys and the database of a sandbox. */
export async function inEmptyFolder<Result>(act: () => Promise<Result>): Promise<Result> {
  const before = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-empty-'));
  process.chdir(folder);
  try {
    return await act();
  } finally {
    process.chdir(before);
    rmSync(folder, { recursive: true });
  }
}
