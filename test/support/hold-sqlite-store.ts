import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { openStore } from '../../src/store/open-store.ts';

/** A process of its own that opens the store it is told, says `open` or why not, and keeps it until its input ends. */
const [, , url = ''] = process.argv;
const outcome = await openStore({ url: new Secret(url), clock: systemClock, instance: 'second' }).then(
  () => 'open',
  (error: unknown) => (Error.isError(error) && 'code' in error ? String(error.code) : 'no code'),
);
process.stdout.write(`${outcome}\n`);
if (outcome === 'open') process.stdin.resume();
