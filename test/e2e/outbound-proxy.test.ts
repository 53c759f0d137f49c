import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { routeFetch } from '../../src/app/outbound-proxy.ts';
import { Secret } from '../../src/base/secret.ts';
import { runChecks } from '../../src/commands/doctor/checks.ts';
import { productionChecks } from '../../src/commands/doctor/run-doctor.ts';
import { createPretendGraph } from '../../src/sandbox/graph/pretend-graph.ts';
import { createPretendPartnerCenter, type PretendPartnerCenter } from '../../src/sandbox/partner-center/index.ts';
import { createFakeConnector, type FakeConnector } from '../support/fake-connector.ts';
import { type ForwardProxy, startForwardProxy } from '../support/forward-proxy.ts';
import { type ProductionHouse, startProductionHouse } from '../support/start-production-house.ts';
import { type BotProcess, startProcess } from '../support/start-process.ts';
import { createTeamsPerson, passwordIn, robin } from '../support/teams-person.ts';

const sentence = 'reset password for Adele Vance at Contoso Bikes';
const proof = { verification: 'In person' };

describe('the bot as a process', () => {
  let folder: string;
  let proxy: ForwardProxy;
  let connector: FakeConnector;
  let partnerCenter: PretendPartnerCenter;
  let partnerCenterUrl: string;
  let bot: BotProcess | undefined;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'locksmith-proxy-'));
    proxy = await startForwardProxy();
    connector = await createFakeConnector();
    partnerCenter = createPretendPartnerCenter();
    partnerCenterUrl = (await partnerCenter.listen()).url;
  });

  afterEach(async () => {
    await bot?.end('SIGKILL');
    await Promise.all([proxy.stop(), connector.close(), partnerCenter.close()]);
    rmSync(folder, { recursive: true });
  });

  async function start(changes: Readonly<Record<string, string>>) {
    const environment = {
      PORT: '0',
      PLAYGROUND: 'off',
      DATABASE_URL: `sqlite:${join(folder, 'locksmith.db')}`,
      PARTNER_CENTER_BASE_URL: partnerCenterUrl,
    };
    bot = startProcess({ ...environment, ...changes });
    const [, botUrl = ''] = await bot.prints(/The bot +(http:\S+)\/api\/messages/);
    return createTeamsPerson({ botUrl, connector }, robin, { id: 'a:robin', conversationType: 'personal' });
  }

  const reset = async (technician: Awaited<ReturnType<typeof start>>) => {
    await technician.say(sentence);
    await technician.press(await technician.card('confirmation'), 'Reset password', proof);
    await technician.card('outcome-reset');
  };
  const portOf = (url: string) => new URL(url).port;
  const askedOf = (url: string) => proxy.asked.filter((line) => line.includes(`:${portOf(url)}`));

  it('sends every call by OUTBOUND_PROXY, reads, writes and messages, to loopback too', async () => {
    await reset(await start({ OUTBOUND_PROXY: proxy.url }));
    const ports = new Map(partnerCenter.calls.map(({ method, remotePort }) => [method, remotePort]));
    expect([...ports.keys()].toSorted()).toEqual(['GET', 'PATCH']);
    for (const { remotePort } of partnerCenter.calls) expect(proxy.ownPorts).toContain(remotePort);
    expect(askedOf(partnerCenterUrl).some((line) => line.startsWith('PATCH http://'))).toBe(true);
    expect(askedOf(connector.url)).toHaveLength(connector.received.length);
    expect(connector.received.length).toBeGreaterThan(3);
  });

  it('sends calls to Microsoft Graph by it as well', async () => {
    const graph = createPretendGraph(partnerCenter);
    const { url } = await graph.listen();
    try {
      await reset(await start({ OUTBOUND_PROXY: proxy.url, GRAPH_BASE_URL: url }));
      expect(graph.calls.length).toBeGreaterThan(3);
      for (const { remotePort } of graph.calls) expect(proxy.ownPorts).toContain(remotePort);
      expect(askedOf(url).length).toBeGreaterThan(0);
    } finally {
      await graph.close();
    }
  });

  it('passes the proxies of the environment over', async () => {
    const environment = Object.fromEntries(
      ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'http_proxy', 'https_proxy', 'all_proxy'].map((name) => [
        name,
        proxy.url,
      ]),
    );
    await reset(await start({ ...environment, NODE_USE_ENV_PROXY: '1' }));
    expect(partnerCenter.calls.map(({ method }) => method)).toContain('PATCH');
    expect(proxy.asked).toEqual([]);
  });

  it('uses OUTBOUND_PROXY alone where the environment names another one, and no_proxy takes nothing out', async () => {
    const other = await startForwardProxy();
    try {
      const environment = { HTTP_PROXY: other.url, NODE_USE_ENV_PROXY: '1', NO_PROXY: '127.0.0.1,localhost' };
      await reset(await start({ ...environment, OUTBOUND_PROXY: proxy.url }));
      for (const { remotePort } of partnerCenter.calls) expect(proxy.ownPorts).toContain(remotePort);
      expect(other.asked).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  it('goes no other way where the proxy is not there', async () => {
    const gone = proxy.url;
    await proxy.stop();
    proxy = await startForwardProxy();
    const technician = await start({ OUTBOUND_PROXY: gone });
    expect(await technician.say(sentence)).toBe(200);
    expect([partnerCenter.calls, connector.received]).toEqual([[], []]);
  });
});

describe('the bot in production, with its outside in this process', () => {
  let house: ProductionHouse | undefined;
  let proxy: ForwardProxy;
  let undo = (): void => undefined;
  const opened: Socket[] = [];
  const note = (message: unknown): void => {
    const socket: unknown = Reflect.get(Object(message), 'socket');
    if (socket instanceof Socket) opened.push(socket);
  };

  beforeEach(async () => {
    proxy = await startForwardProxy();
    undo = routeFetch(proxy.url);
    opened.length = 0;
    subscribe('net.client.socket', note);
  });

  afterEach(async () => {
    unsubscribe('net.client.socket', note);
    undo();
    await house?.stop();
    await proxy.stop();
  });

  it('sends its sign-ins, the groups, the keys, the connector and alarms by the proxy, and nothing past it', async () => {
    const alarms: string[] = [];
    const hook = createServer((request, response) => {
      request.on('data', (chunk: Buffer) => alarms.push(chunk.toString()));
      request.on('end', () => response.end());
    });
    await new Promise<void>((resolve) => hook.listen(0, '127.0.0.1', resolve));
    const hookAddress = hook.address();
    const hookPort = typeof hookAddress === 'object' ? hookAddress?.port : undefined;
    try {
      const group = 'group:55555555-5555-4555-8555-55555555555a';
      house = await startProductionHouse({
        policy: { technicians: [group], approvers: [robin.aadObjectId], auditors: [robin.aadObjectId] },
        platform: { outboundProxy: proxy.url },
        alertWebhookUrl: new Secret(`http://127.0.0.1:${hookPort}/`),
      });
      house.graph.put(robin.aadObjectId, [group.slice(6)]);
      await house.consent();
      const { url } = await house.start();
      const technician = house.person(url);
      await technician.say(sentence);
      await technician.press(await technician.card('confirmation'), 'Reset password', { ...proof, ticket: '' });
      await technician.card('outcome-reset');
      expect(passwordIn((await technician.card('direct-message', technician.directChat)).card)).toBeDefined();
      await technician.say('freeze everything');
      await technician.text('frozen');
      const lines: string[] = [];
      expect(
        await runChecks(
          productionChecks(house.settings, house.platform, () => '{}'),
          (line) => lines.push(line),
          { clock: house.platform.clock, errors: new PassThrough() },
        ),
      ).toBe(1);
      expect(lines.join('\n')).toMatch(/ok +way of a reset +a connection of its own, through OUTBOUND_PROXY/);

      const { entra, botEntra, graph, keys, connector, partnerCenter, settings } = house;
      const services = {
        entra: entra.authority,
        botEntra: botEntra.authority,
        graph: graph.url,
        keys: keys.metadataUrl,
        connector: connector.url,
        partnerCenter: settings.partnerCenterUrl,
        alarms: `http://127.0.0.1:${hookPort}/`,
      };
      expect(partnerCenter.calls.length).toBeGreaterThan(0);
      const reached = Object.entries(services).filter(([, address]) =>
        proxy.asked.some((line) => line.includes(`:${new URL(address).port}`)),
      );
      expect(reached.map(([name]) => name)).toEqual(Object.keys(services));
      expect(alarms.join('')).not.toBe('');
      const past = opened.filter((socket) => !proxy.sockets.has(socket) && socket.remotePort !== proxy.port);
      expect(past.map((socket) => socket.remotePort).filter((port) => port !== undefined)).toEqual([]);
    } finally {
      hook.close();
      hook.closeAllConnections();
    }
  });
});
