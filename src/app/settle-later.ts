import { flushCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Clock, processTunables } from '../base/index.ts';

/**
 * A while after the start, keeps what was compiled, which Node itself does only where a process ends in order; and gives back what
 * the start has used and nothing needs any more, 50 MB: V8 collects when more is allocated, and a bot that waits allocates nothing.
 * It takes a tenth of a second, once. The process may end before.
 */
export function settleLater(clock: Clock): void {
  clock.after(processTunables.settleAfterMilliseconds, () => {
    flushCompileCache();
    setFlagsFromString('--expose-gc');
    runInNewContext("gc({ type: 'major', flavor: 'last-resort' })");
    setFlagsFromString('--no-expose-gc');
  });
}
