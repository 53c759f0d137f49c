import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Stands there as long as that process is paused. */
export function pauseFile(pid: number): string {
  return join(tmpdir(), `locksmith-paused-${pid}`);
}
