import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type App, createApp } from '../../src/app/app.ts';
import { type Platform, realPlatform } from '../../src/app/platform.ts';
import { sandboxPolicy } from '../../src/app/watch-policy-file.ts';
import { Secret } from '../../src/base/secret.ts';
import type { TicketSettings } from '../../src/config/ticket-settings.ts';
import type { Alarm } from '../../src/reset/alarm.ts';
import type { Groups } from '../../src/reset/policy/groups.ts';
import type { Policy } from '../../src/reset/policy/policy.ts';
import type { TokenSource } from '../../src/graph/index.ts';
import { createPretendGraph, type PretendGraph } from '../../src/sandbox/graph/pretend-graph.ts';
import { createPretendPartnerCenter, type PretendPartnerCenter } from '../../src/sandbox/partner-center/index.ts';
import { auditKey } from './audit-key.ts';
import { putEmptyDatabase } from './empty-database.ts';
import { createFakeConnector, type FakeConnector } from './fake-connector.ts';
import { makeMemoryFolder } from './memory-folder.ts';
import { notePasswords } from './note-passwords.ts';
import { noteWaits } from './note-waits.ts';
import { readFolder } from './read-folder.ts';
import { recordAnswers } from './record-answers.ts';
import { scanForCanaries } from './scan-for-canaries.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const token = 'CANARY-token-for-partner-center';

/** The whole bot over HTTP: real server, adapter and store; a fake connector and the pretend Partner Center beside it. */
export type House = {
  readonly botUrl: string;
  readonly connector: FakeConnector;
  readonly partnerCenter: PretendPartnerCenter;
  /** The pretend Graph over the same people; it is there, and asked only where `graph` is on. */
  readonly graph: PretendGraph;
  readonly graphUrl: string;
  /** Every line that was logged. */
  readonly log: readonly string[];
  readonly alarms: readonly Alarm[];
  /** Everything in the data folder, byte by byte. */
  data(): string;
  /** Where those data are. */
  readonly folder: string;
  /** Stops the bot and starts it anew over the same data. */
  restart(): Promise<void>;
  /**
   * Ends everything, and rejects where anything is left of a password, a token or a key in what the bot said or wrote, or
   * where the bot still waits for a time, after which it would go on.
   */
  stop(): Promise<void>;
};

export async function startHouse(
  changes: {
    readonly platform?: Partial<Platform>;
    /** Read anew each time, so that a test may change it. */
    readonly policy?: Partial<Policy>;
    readonly groups?: Groups;
    readonly delivery?: 'message' | 'reveal';
    readonly ticketSystem?: TicketSettings;
    /** Microsoft Graph: off where nothing is given. */
    readonly graph?: 'on' | undefined;
    /** The name of a chat that approvers are in, as the sandbox gives it. */
    readonly approverChat?: string;
  } = {},
): Promise<House> {
  const folder = makeMemoryFolder('locksmith-');
  const log: string[] = [];
  const alarms: Alarm[] = [];
  const connector = await createFakeConnector();
  const partnerCenter = createPretendPartnerCenter({
    acceptsToken: (given) => given.reveal((text) => text === token || text === 'sandbox'),
  });
  const databaseUrl = new Secret(`sqlite:${join(folder, 'locksmith.db')}`);
  await putEmptyDatabase(join(folder, 'locksmith.db'));
  const delivery = changes.delivery ?? 'message';
  const { fetch, passwords } = notePasswords(changes.platform?.fetch ?? realPlatform.fetch);
  const { clock, left: leftWaits } = noteWaits(changes.platform?.clock ?? realPlatform.clock);
  const recorder = recordAnswers();
  const { url: partnerCenterUrl } = await partnerCenter.listen();
  const graph = createPretendGraph(partnerCenter);
  const { url: graphUrl } = await graph.listen();
  const graphTokens: TokenSource = (tenant) =>
    Promise.resolve({ kind: 'token', token: new Secret(`sandbox.${tenant}`) });
  const start = async (): Promise<{ app: App; url: string }> => {
    const app = await createApp(
      {
        mode: 'sandbox',
        host: '127.0.0.1',
        port: 0,
        databaseUrl,
        reset: 'auto',
        delivery,
        logLevel: 'debug',
        partnerCenterUrl,
        graph: changes.graph === 'on' ? { kind: 'given', url: graphUrl, tokenFor: graphTokens } : { kind: 'off' },
        metrics: undefined,
        ticketSystem: changes.ticketSystem,
        endpoint: { kind: 'sandbox', ...(changes.approverChat && { approverChat: changes.approverChat }) },
        partnerAccess: {
          kind: 'given',
          credentials: { getToken: () => Promise.resolve(new Secret(token)) },
          groups: changes.groups ?? { memberOf: () => Promise.resolve(new Set()) },
        },
        sealingKeys: [new Secret(key)],
        auditKey,
        raiseAlarm: (alarm) => alarms.push(alarm),
        policy: () => ({ ...sandboxPolicy, ...changes.policy }),
      },
      { ...realPlatform, write: (line) => log.push(line), ...changes.platform, fetch, clock },
    );
    const { url } = await app.start();
    recorder.watch(url);
    return { app, url };
  };
  let running = await start();
  return {
    get botUrl() {
      return running.url;
    },
    connector,
    partnerCenter,
    graph,
    graphUrl,
    log,
    alarms,
    folder,
    data: () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), 'latin1'))
        .join('\n'),
    async restart() {
      await running.app.stop();
      running = await start();
    },
    async stop() {
      // While it runs there is a log beside the database that is gone when it has stopped.
      const alive = readFolder(folder);
      await running.app.stop();
      const left = leftWaits();
      const numbers = await readNumbersAsked(graph, graphUrl);
      await partnerCenter.close();
      await graph.close();
      await connector.close();
      recorder.stop();
      try {
        await scanForCanaries(
          [
            ...[...passwords].map((secret) => ({ kind: 'password', secret }) as const),
            ...numbers.map((secret) => ({ kind: 'number on file', secret }) as const),
            ...graph.passesMade.map((secret) => ({ kind: 'pass', secret }) as const),
            { kind: 'token', secret: token },
            { kind: 'key', secret: key },
            { kind: 'key', secret: auditKey.reveal((text) => text) },
          ],
          {
            log,
            alarms,
            files: [...alive, ...readFolder(folder)],
            toConnector: connector.received,
            toPartnerCenter: partnerCenter.calls,
            answers: recorder.answers,
          },
          { delivery, databaseUrl, auditKey },
        );
        if (left.length > 0) throw new Error(`The bot was stopped and still waits ${left.join(', ')} ms`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

/** The numbers on file, in both of Graph's spellings, of everybody about whom Graph was asked. */
async function readNumbersAsked({ calls, faults }: PretendGraph, url: string): Promise<readonly string[]> {
  faults.clear();
  const people = new Map(
    calls.flatMap(({ path, tenantId, status }) => {
      const user = /\/users\/([\da-f-]{36})$/.exec(path)?.[1];
      return user === undefined || tenantId === undefined || status !== 200 ? [] : [[user, tenantId] as const];
    }),
  );
  const read = async ([user, tenant]: readonly [string, string]): Promise<readonly string[]> => {
    const answer = await fetch(`${url}/v1.0/users/${user}?$select=mobilePhone,businessPhones`, {
      headers: { authorization: `Bearer sandbox.${tenant}` },
    });
    const told: { mobilePhone: string | null; businessPhones: string[] } = JSON.parse(await answer.text());
    const numbers = [told.mobilePhone, ...told.businessPhones].filter((number) => number !== null);
    return numbers.flatMap((number) => [number, number.replaceAll(' ', '')]);
  };
  return (await Promise.all([...people].map(read))).flat();
}
