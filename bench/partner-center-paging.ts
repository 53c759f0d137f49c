import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Secret } from '../src/base/secret.ts';
import { createPartner } from '../src/partner-center/index.ts';
import type { Report } from './figures.ts';

const pages = 200;
const perPage = 500;

/**
 * Reads 100,000 users, 500 a page and 20 ms a page, with bare `fetch` and with the SDK in the same run, three rounds in
 * turn; says how much the SDK costs over the round trips, and how much memory it holds early and late in the iteration.
 */
export async function benchPartnerCenterPaging({ say, figure }: Report): Promise<void> {
  const server = fork(new URL('paging-server.ts', import.meta.url));
  try {
    const [address]: unknown[] = await once(server, 'message');
    const baseUrl = `http://127.0.0.1:${portOf(address)}`;
    const bare: number[] = [];
    const ours: number[] = [];
    const held: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      bare.push(await timeOf(() => readBare(baseUrl)));
      ours.push(await timeOf(() => readWithSdk(baseUrl, undefined)));
    }
    await readWithSdk(baseUrl, held);
    const [trips, sdk] = [Math.min(...bare), Math.min(...ours)];
    const [early = 0, late = 0] = [held.at(0), held.at(-1)];
    say(
      `100,000 users: round trips ${trips.toFixed(0)} ms, SDK ${sdk.toFixed(0)} ms, ${(sdk / trips).toFixed(3)} times`,
    );
    figure({
      name: 'reading 100,000 users over the bare round trips',
      unit: 'ms',
      ours: sdk,
      beside: trips,
      goal: { is: 'at-most', value: 1.15 },
    });
    say(`heap after 10 %: ${megabytes(early)}, after 100 %: ${megabytes(late)}, most: ${megabytes(Math.max(...held))}`);
  } finally {
    const exited = once(server, 'exit');
    server.kill();
    await exited;
  }
}

async function readBare(baseUrl: string): Promise<void> {
  for (let page = 0; page < pages; page += 1) {
    const response = await fetch(`${baseUrl}/v1/customers/c/users?size=${perPage}&page=${page}`);
    await response.text();
  }
}

async function readWithSdk(baseUrl: string, held: number[] | undefined): Promise<void> {
  const partner = createPartner({ credentials: { getToken: () => Promise.resolve(new Secret('token')) }, baseUrl });
  let count = 0;
  for await (const user of partner.customers.byId('c').users.query()) {
    count += user.state === 'active' ? 1 : 0;
    if (held !== undefined && count % 10_000 === 0) {
      held.push(heapInUse());
    }
  }
  if (count !== pages * perPage) {
    throw new Error(`${count} users were read.`);
  }
}

async function timeOf(act: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await act();
  return performance.now() - start;
}

function heapInUse(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

function portOf(address: unknown): number {
  const port: unknown = typeof address === 'object' && address !== null && 'port' in address ? address.port : undefined;
  if (typeof port !== 'number') {
    throw new TypeError('The server did not say its port.');
  }
  return port;
}

if (import.meta.main) {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  await benchPartnerCenterPaging({ say, figure: () => undefined });
}
