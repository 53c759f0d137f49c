import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { type AggregatePartner, createPartner, type PartnerOptions } from '../../src/partner-center/index.ts';

type Note = { kind: 'listening'; address: { port: number } } | { kind: 'patch'; at: number; port: number };

let server: ChildProcess;
let baseUrl: string;
const patches: { at: number; port: number }[] = [];

beforeAll(async () => {
  server = fork(new URL('clocked-server.ts', import.meta.url));
  const { promise, resolve } = Promise.withResolvers<string>();
  server.on('message', (note: Note) => {
    if (note.kind === 'patch') {
      patches.push(note);
    } else {
      resolve(`http://127.0.0.1:${note.address.port}`);
    }
  });
  baseUrl = await promise;
});

afterAll(async () => {
  const exited = once(server, 'exit');
  server.kill();
  await exited;
});

function connect(options: Partial<PartnerOptions> = {}): AggregatePartner {
  return createPartner({ credentials: { getToken: async () => new Secret('token') }, baseUrl, ...options });
}

/** Holds up the whole thread, as SIGSTOP would. */
function freeze(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

/** Resets with a deadline of 40 ms in a process that freezes for 120 ms after `turns` turns of its loop; how late the PATCH came: about 80 ms where the deadline did not hold. */
async function latenessAfterFreeze(partner: AggregatePartner, turns: number): Promise<number> {
  const user = partner.customers.byId('customer').users.byId('user');
  await user.get();
  patches.length = 0;
  const deadline = Date.now() + 40;
  const profile = { password: new Secret('CANARY-late-1'), forceChangePassword: true } as const;
  const reset = user.resetPassword(profile, { signal: AbortSignal.timeout(40), freshConnection: true });
  const ended = reset.then(
    () => 'applied',
    () => 'stopped',
  );
  for (let turn = 0; turn < turns; turn += 1) {
    await setImmediate();
  }
  freeze(120);
  await ended;
  await partner.customers.byId('customer').get();
  return Math.max(0, ...patches.map((patch) => patch.at - deadline));
}

describe('a write with a fresh connection', () => {
  it('never takes a connection that was used before', async () => {
    const partner = connect();
    const user = partner.customers.byId('customer').users.byId('user');
    const profile = { password: new Secret('CANARY-fresh-1'), forceChangePassword: true } as const;
    patches.length = 0;
    await user.get();
    await user.resetPassword(profile);
    await user.resetPassword(profile, { freshConnection: true });
    await user.get();
    await user.resetPassword(profile, { freshConnection: true });
    const [kept, first, second] = patches.map((patch) => patch.port);
    expect(new Set([kept, first, second]).size).toBe(3);
  });

  it('sends nothing after its deadline, wherever the process was frozen on the way', async () => {
    expect(await worstLateness({})).toBeLessThan(50);
  });

  it('would be late with native fetch, which takes an idle connection even with connection: close', async () => {
    expect(await worstLateness({ freshFetch: globalThis.fetch })).toBeGreaterThan(50);
  });
});

async function worstLateness(options: Partial<PartnerOptions>): Promise<number> {
  const partner = connect(options);
  let worst = 0;
  for (let turns = 0; turns < 10; turns += 1) {
    worst = Math.max(worst, await latenessAfterFreeze(partner, turns));
  }
  return worst;
}
