import { readErrorCode } from '../../src/base/errors.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { openStore } from '../../src/store/open-store.ts';

/** A process of its own that opens the store it is told, says `open` or why not, and keeps it until its input ends. */
const [, , url = ''] = process.argv;
const store = await openStore({ url: new Secret(url), clock: systemClock, instance: 'second' }).catch(
  (error: unknown) => {
    process.stdout.write(`${readErrorCode(error)}\n`);
  },
);
if (store !== undefined) {
  process.stdout.write('open\n');
  // The lock goes with the store when nothing refers to it any more, so it is kept until the end.
  process.stdin.on('end', () => void store.close()).resume();
}
