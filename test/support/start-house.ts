import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App } from '../../src/app.ts';
import { realOutside, type Outside } from '../../src/outside.ts';
import type { Alarm } from '../../src/reset/alarm.ts';
import type { Groups } from '../../src/reset/ports.ts';
import { sandboxPolicy } from '../../src/reset/sandbox-policy.ts';
import type { Policy } from '../../src/reset/policy.ts';
import { Secret } from '../../src/secret.ts';
import { createPretendPartnerCenter, type PretendPartnerCenter } from '../../src/sandbox/partner-center/index.ts';
import { auditKey } from './audit-key.ts';
import { createFakeConnector, type FakeConnector } from './fake-connector.ts';

const key = Buffer.alloc(32, 7).toString('base64');

/** The whole bot over HTTP: real server, adapter and store; a fake connector and the pretend Partner Center beside it. */
export type House = {
  readonly botUrl: string;
  readonly connector: FakeConnector;
  readonly partnerCenter: PretendPartnerCenter;
  /** Every line that was logged. */
  readonly log: readonly string[];
  readonly alarms: readonly Alarm[];
  /** Everything in the data folder, byte by byte. */
  data(): string;
  /** Stops the bot and starts it anew over the same data. */
  restart(): Promise<void>;
  stop(): Promise<void>;
};

export async function startHouse(
  changes: {
    readonly outside?: Partial<Outside>;
    /** Read anew each time, so that a test may change it. */
    readonly policy?: Partial<Policy>;
    readonly groups?: Groups;
    readonly delivery?: 'message' | 'reveal';
  } = {},
): Promise<House> {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-'));
  const log: string[] = [];
  const alarms: Alarm[] = [];
  const connector = await createFakeConnector();
  const partnerCenter = createPretendPartnerCenter();
  const { url: partnerCenterUrl } = await partnerCenter.listen();
  const start = async (): Promise<{ app: App; url: string }> => {
    const app = await createApp(
      {
        mode: 'sandbox',
        host: '127.0.0.1',
        port: 0,
        databaseUrl: new Secret(`sqlite:${join(folder, 'locksmith.db')}`),
        reset: 'auto',
        delivery: changes.delivery ?? 'message',
        logLevel: 'debug',
        partnerCenterUrl,
        door: { kind: 'sandbox' },
        access: {
          kind: 'given',
          credentials: { getToken: () => Promise.resolve(new Secret('sandbox')) },
          groups: changes.groups ?? { memberOf: () => Promise.resolve(new Set()) },
        },
        sealingKeys: [new Secret(key)],
        auditKey,
        raiseAlarm: (alarm) => alarms.push(alarm),
        policy: () => ({ ...sandboxPolicy, ...changes.policy }),
      },
      { ...realOutside, write: (line) => log.push(line), ...changes.outside },
    );
    return { app, ...(await app.start()) };
  };
  let running = await start();
  return {
    get botUrl() {
      return running.url;
    },
    connector,
    partnerCenter,
    log,
    alarms,
    data: () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'latin1'))
        .join('\n'),
    async restart() {
      await running.app.stop();
      running = await start();
    },
    async stop() {
      await running.app.stop();
      await partnerCenter.close();
      await connector.close();
      rmSync(folder, { recursive: true });
    },
  };
}
