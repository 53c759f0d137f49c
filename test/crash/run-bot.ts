import { existsSync, writeFileSync, writeSync } from 'node:fs';
import { flushCompileCache } from 'node:module';
import { createApp } from '../../src/app/app.ts';
import { realPlatform } from '../../src/app/platform.ts';
import { sandboxPolicy } from '../../src/app/watch-policy-file.ts';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { describePretendHaloPsa } from '../../src/sandbox/halopsa/pretend-halopsa.ts';
import { auditKey } from '../support/audit-key.ts';
import { own } from '../support/own.ts';
import { type BotOrder, type BotSettings, halfAnHourMilliseconds } from './bot-orders.ts';
import { catchDatabase } from './catch-database.ts';
import { createStoppingClock } from './create-stopping-clock.ts';
import { pauseFile } from './pause-file.ts';
import { plantInFetch } from './plant-in-fetch.ts';
import { sayWhoCalls } from './say-who-calls.ts';
import { stretch } from './stretch.ts';

/**
 * The whole bot in a process of its own, with another `outside`: short leases, and a log that obeys orders. A line is
 * written before the program goes on, so an order to kill strikes exactly between one committed step and whatever follows.
 */
// oxlint-disable-next-line typescript/no-unsafe-type-assertion -- written by the test that starts this
const settings = JSON.parse(process.argv[2] ?? '') as BotSettings;
const key = Buffer.alloc(32, 7).toString('base64');
const stopping = createStoppingClock();
const clock = settings.plant === 'clock-stops-with-process' ? stopping : systemClock;
const database = catchDatabase();
const { durations, connectorLimits } = settings.stretches === true ? stretch(settings, performance.now()) : settings;
let aheadMilliseconds = settings.aheadMilliseconds;
let orders: readonly BotOrder[] = [];
sayWhoCalls();
writeSync(1, `${JSON.stringify({ event: 'durations', lease: durations.lease })}\n`);

const app = await createApp(
  {
    mode: 'sandbox',
    host: '127.0.0.1',
    port: 0,
    databaseUrl: new Secret(settings.databaseUrl),
    reset: 'auto',
    delivery: settings.delivery,
    logLevel: settings.logLevel ?? 'debug',
    partnerCenterUrl: settings.partnerCenterUrl,
    metrics: undefined,
    ...(settings.ticketsUrl !== undefined && { ticketSystem: describePretendHaloPsa(settings.ticketsUrl) }),
    ...(settings.graphUrl !== undefined && {
      graph: {
        kind: 'given',
        url: settings.graphUrl,
        tokenFor: (tenantId) => Promise.resolve({ kind: 'token', token: new Secret(`sandbox.${tenantId}`) }),
      },
    }),
    endpoint: { kind: 'sandbox' },
    partnerAccess: {
      kind: 'given',
      credentials: { getToken: () => Promise.resolve(new Secret('sandbox')) },
      groups: { memberOf: () => Promise.resolve(new Set()) },
    },
    sealingKeys: [new Secret(key)],
    auditKey,
    policy: () => ({
      ...sandboxPolicy,
      showPasswordForMinutes: settings.showPasswordForMinutes,
      approval: settings.approval ?? sandboxPolicy.approval,
      ...settings.policy,
    }),
    raiseAlarm: () => undefined,
  },
  {
    ...realPlatform,
    clock: { ...clock, now: () => clock.now() + aheadMilliseconds },
    fetch: plantInFetch(realPlatform.fetch, settings.plant, write),
    durations,
    connectorLimits,
    write,
  },
);

process.on('message', (order: BotOrder) => {
  if (order.at === undefined) obey(order);
  else orders = [...orders, order];
  writeSync(1, `${JSON.stringify({ event: 'order-taken' })}\n`);
});
process.once('disconnect', () => process.exit(1));
process.once('SIGTERM', () => void app.stop().finally(() => process.exit()));
await app.start();
// A killed process would leave nothing compiled to the next one.
flushCompileCache();

function write(line: string): void {
  writeSync(1, line);
  const said: unknown = JSON.parse(line);
  if (own(said, 'event') !== 'step') return;
  for (const order of orders) {
    if (order.at === undefined || order.at.step !== own(said, 'kind')) continue;
    const left = order.at.nth - 1;
    orders = orders.filter((other) => other !== order);
    if (left === 0) obey(order);
    else orders = [...orders, { ...order, at: { ...order.at, nth: left } }];
  }
}

function obey({ act }: BotOrder): void {
  switch (act) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      return;
    case 'pause': {
      const before = Date.now();
      const paused = pauseFile(process.pid);
      writeFileSync(paused, '');
      process.kill(process.pid, 'SIGSTOP');
      // The signal may reach another thread first, and this one would go on for a moment.
      while (existsSync(paused)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
      stopping.standStill(Date.now() - before);
      return;
    }
    case 'forget-orders':
      orders = [];
      return;
    case 'half-an-hour-passes':
      aheadMilliseconds += halfAnHourMilliseconds;
      return;
    case 'fill-database':
      database.fill();
      return;
    case 'make-database-read-only':
      database.makeReadOnly();
      return;
    case 'mend-database':
      database.mend();
      return;
  }
}
