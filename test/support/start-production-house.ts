import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Platform, realPlatform } from '../../src/app/platform.ts';
import { startProduction } from '../../src/app/start-production.ts';
import { Secret } from '../../src/base/secret.ts';
import type { ProductionSettings } from '../../src/config/settings.ts';
import { createPretendGraph, type PretendGraph } from '../../src/sandbox/graph/pretend-graph.ts';
import { createPretendPartnerCenter, type PretendPartnerCenter } from '../../src/sandbox/partner-center/index.ts';
import { beginConsent } from '../../src/sign-in/consent.ts';
import { storedCredentials } from '../../src/sign-in/stored-credentials.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { openTokenStore } from '../../src/store/token-store.ts';
import { createFakeConnector, type FakeConnector } from './fake-connector.ts';
import { type FakeGraph, startFakeGraph } from './fake-graph.ts';
import { type KeyServer, startKeyServer } from './key-server.ts';
import { notePasswords } from './note-passwords.ts';
import { noteWaits } from './note-waits.ts';
import { type OpenIdProvider, startOpenIdProvider } from './openid-provider.ts';
import { readFolder } from './read-folder.ts';
import { recordAnswers } from './record-answers.ts';
import { scanForCanaries } from './scan-for-canaries.ts';
import { createTeamsPerson } from './teams-person.ts';
import { createSigningPair, goodClaims, signToken } from './token-maker.ts';

const key = Buffer.alloc(32, 7).toString('base64');
const botId = 'a0000000-0000-4000-8000-000000000001';
const tenantId = '11111111-2222-4333-8444-555555555555';
const teams = 'https://smba.trafficmanager.net/emea/';
const partnerApp = {
  tenantId: '21111111-1111-4111-8111-111111111111',
  clientId: '22222222-2222-4222-8222-222222222222',
};
const secrets = { bot: 'CANARY-bot-secret', app: 'CANARY-client-secret' };

/** The bot as it runs in production, with Microsoft's services played on this machine. */
export type ProductionHouse = {
  readonly connector: FakeConnector;
  readonly partnerCenter: PretendPartnerCenter;
  /** Microsoft Entra as the application for Partner Center sees it, and as the bot does. */
  readonly entra: OpenIdProvider;
  readonly botEntra: OpenIdProvider;
  readonly graph: FakeGraph;
  /** Microsoft Graph in the tenants of customers, at the same address. */
  readonly customerGraph: PretendGraph;
  readonly keys: KeyServer;
  readonly log: readonly string[];
  /** The settings and the outside of an instance, for those who look at it from beside. */
  readonly settings: ProductionSettings;
  readonly platform: Platform;
  /** Signs the service account in, as `npm run consent` does. */
  consent(): Promise<void>;
  /** Starts an instance of the bot; on SQLite there may be one. */
  start(): Promise<{ readonly url: string; stop(): Promise<void> }>;
  /** Somebody of the allowed tenant, who is in the roster, at an instance. */
  person(
    botUrl: string,
    changes?: {
      readonly token?: string;
      readonly tenantId?: string;
      /** Ends the object id of another person than Robin. */
      readonly letter?: string;
      readonly chat?: string;
    },
  ): ReturnType<typeof createTeamsPerson>;
  /**
   * Ends everything, and rejects where anything is left of a secret in what the bot said or wrote, or where a bot still waits
   * for a time, after which it would go on.
   */
  stop(): Promise<void>;
};

/** Of the calls of Graph, those for groups of technicians go to the partner's own tenant, all others to customers'. */
function isOfCustomer(address: string, graph: string): boolean {
  return address.startsWith(`${graph}/v1.0/`) && !/\/(?:getMemberGroups|transitiveMembers)(?:$|\?)/.test(address);
}

/** Plays everything that production talks to; no one has consented yet, and no bot runs. */
export async function startProductionHouse(
  given: {
    readonly databaseUrl?: string;
    readonly policy?: object;
    readonly platform?: Partial<Platform>;
    readonly metricsPort?: number;
    readonly alertWebhookUrl?: Secret;
    readonly allowedTenants?: readonly string[];
    readonly graph?: 'on' | 'off';
  } = {},
): Promise<ProductionHouse> {
  const folder = mkdtempSync(join(tmpdir(), 'locksmith-production-'));
  const policyFile = join(folder, 'policy.json');
  writeFileSync(policyFile, JSON.stringify(given.policy ?? { technicians: ['*'], approvers: ['*'], auditors: ['*'] }));
  const entra = await startOpenIdProvider({ ...partnerApp, secret: secrets.app });
  const botEntra = await startOpenIdProvider({ tenantId, clientId: botId, secret: secrets.bot });
  const graph = await startFakeGraph((token) => entra.secrets.includes(token));
  const connector = await createFakeConnector({ token: (token) => botEntra.secrets.includes(token) });
  const partnerCenter = createPretendPartnerCenter({
    acceptsToken: (token) => token.reveal((text) => entra.secrets.includes(text)),
  });
  const customerGraph = createPretendGraph({
    ...partnerCenter,
    tenantOfToken: (token) => entra.tenantOf(token),
    origin: graph.url,
  });
  const { url: customerGraphUrl } = await customerGraph.listen();
  const { url: partnerCenterUrl } = await partnerCenter.listen();
  const pair = createSigningPair('key-1');
  const keys = await startKeyServer(pair);
  const log: string[] = [];
  const settings: ProductionSettings = {
    mode: 'production',
    host: '127.0.0.1',
    port: 0,
    metricsHost: '127.0.0.1',
    metricsPort: given.metricsPort,
    databaseUrl: new Secret(given.databaseUrl ?? `sqlite:${join(folder, 'locksmith.db')}`),
    reset: 'auto',
    delivery: 'message',
    logLevel: 'debug',
    alertWebhookUrl: given.alertWebhookUrl,
    outboundProxy: given.platform?.outboundProxy,
    extraAuthorities: undefined,
    bot: { kind: 'single-tenant', appId: botId, tenantId, password: new Secret(secrets.bot) },
    allowedTenants: given.allowedTenants ?? [tenantId],
    partnerCenterUrl,
    partnerCenterApp: { ...partnerApp, credential: { kind: 'secret', secret: new Secret(secrets.app) } },
    sealingKeys: [new Secret(key)],
    auditKey: new Secret(key),
    graph: given.graph ?? 'off',
    policyFile,
  };
  // Both are Microsoft Entra: the tenant in the path tells whom it is asked for.
  const toEntra: typeof globalThis.fetch = (input, init) => {
    const asked = input instanceof Request ? input.url : String(input);
    const address = isOfCustomer(asked, graph.url) ? asked.replace(graph.url, customerGraphUrl) : asked;
    return (address.includes(tenantId) ? botEntra : entra).fetch(address, init);
  };
  const noted = notePasswords(given.platform?.fetch ?? toEntra);
  const { clock, left: leftWaits } = noteWaits(given.platform?.clock ?? realPlatform.clock);
  const recorder = recordAnswers();
  const platform: Platform = {
    ...realPlatform,
    write: (line) => void log.push(line),
    signIn: { authority: entra.authority, graph: graph.url },
    botFramework: {
      ...realPlatform.botFramework,
      openIdMetadataUrl: keys.metadataUrl,
      route: (serviceUrl) => serviceUrl.replace(teams, connector.url),
    },
    ...given.platform,
    fetch: noted.fetch,
    clock,
  };
  const running: { stop(): Promise<void> }[] = [];

  return {
    connector,
    partnerCenter,
    entra,
    botEntra,
    graph,
    customerGraph,
    keys,
    log,
    settings,
    platform,
    async consent() {
      const { fetch, clock, random, signIn } = platform;
      const app = settings.partnerCenterApp;
      const consent = await beginConsent(
        { app, authority: signIn.authority, fetch, clock },
        'http://localhost:8400/',
        random,
      );
      const back = new URL(await entra.browse(consent.address));
      const { credentials } = await consent.finish(new Secret(back.searchParams.get('code') ?? ''));
      const store = await openTokenStore(settings.databaseUrl);
      await store.tokens.put(
        storedCredentials.seal(createSealer(settings.sealingKeys, random.bytes), app, credentials),
      );
      await store.close();
    },
    async start() {
      const started = await startProduction(settings, platform);
      running.push(started);
      recorder.watch(started.url);
      return started;
    },
    person(botUrl, { token, tenantId: tenant = tenantId, letter = 'a', chat = `a:robin` } = {}) {
      const aadObjectId = `0a1b2c3d-0000-4000-8000-00000000000${letter}`;
      const id = letter === 'a' && tenant === tenantId ? '29:robin' : `29:${letter}-${tenant}`;
      const robin = { name: 'Robin Tech', aadObjectId, id };
      connector.addMember({ ...robin, tenantId: tenant, userPrincipalName: 'robin@partner.example' });
      const claims = (): object => goodClaims({ appId: botId, serviceUrl: teams, now: Date.now() });
      return createTeamsPerson(
        {
          botUrl,
          connector: { ...connector, url: teams },
          authorization: () => `Bearer ${token ?? signToken(pair, { ...claims() })}`,
        },
        robin,
        { id: chat, conversationType: 'personal' },
        tenant,
      );
    },
    async stop() {
      const alive = readFolder(folder);
      for (const bot of running) await bot.stop();
      const left = leftWaits();
      await Promise.all(
        [entra, botEntra, graph, customerGraph, connector, partnerCenter, keys].map((part) => part.close()),
      );
      recorder.stop();
      try {
        if (running.length > 0) await scan(alive);
        if (left.length > 0) throw new Error(`The bots were stopped and still wait ${left.join(', ')} ms`);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };

  async function scan(alive: ReturnType<typeof readFolder>): Promise<void> {
    const tokens = [...entra.secrets, ...botEntra.secrets, secrets.bot, secrets.app];
    await scanForCanaries(
      [
        ...[...noted.passwords].map((secret) => ({ kind: 'password', secret }) as const),
        ...tokens.map((secret) => ({ kind: 'token', secret }) as const),
        { kind: 'key', secret: key },
      ],
      {
        log,
        alarms: [],
        files: [...alive, ...readFolder(folder)],
        toConnector: connector.received,
        toPartnerCenter: partnerCenter.calls,
        answers: recorder.answers,
      },
      settings,
    );
  }
}
