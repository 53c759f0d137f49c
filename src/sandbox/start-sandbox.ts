import { createApp, createStartedParts, type Platform, type Shutdown, sandboxPolicy } from '../app/index.ts';
import { Secret } from '../base/index.ts';
import type { TokenSource } from '../graph/index.ts';
import {
  findFileBesideDatabase,
  readOrCreateSandboxKey,
  type SandboxSettings,
  type TicketSettings,
  usualPorts,
} from '../config/index.ts';
import { readMetricsSettings } from '../observability/index.ts';
import { createPretendHaloPsa, describePretendHaloPsa, type PretendHaloPsa } from './halopsa/pretend-halopsa.ts';
import { exampleSentence } from './data/customers.ts';
import { createPretendGraph } from './graph/pretend-graph.ts';
import { createPretendPartnerCenter, type PretendPartnerCenter } from './partner-center/pretend-partner-center.ts';
import { createColleaguePage } from './pages/colleague-page.ts';
import { type SandboxLink, type SandboxPage, type SandboxPages, startPages } from './pages/pages-server.ts';
import { createSignInPage } from './pages/sign-in-page.ts';
import { createTicketPages } from './pages/ticket-page.ts';
import { playgroundConfig } from './playground-config.ts';
import { keepPlayground } from './playground-restarts.ts';
import { createTour, tourLength } from './tour.ts';
import { openTourTicks } from './tour-ticks.ts';

/** The sandbox sends this to Partner Center in place of a token. */
const sandboxToken = 'sandbox';

/**
 * Starts the bot with all that it needs on one machine: a pretend Partner Center, keys of its own, and Microsoft's Agents
 * Playground. Everything listens on loopback. Prints which address to open and what to type.
 */
export async function startSandbox(
  settings: SandboxSettings,
  given: Platform,
): Promise<{ readonly url: string; stop(shutdown?: Shutdown): Promise<void> }> {
  const { bytes } = given.random;
  const held = holdLines(given.write);
  const platform = { ...given, write: held.write };
  const parts = createStartedParts(settings, platform);
  try {
    const pretend = settings.partnerCenterUrl === undefined ? await startPartnerCenter() : undefined;
    const partnerCenterUrl = settings.partnerCenterUrl ?? pretend?.url ?? '';
    const graphUrl = settings.graph.kind === 'at' ? settings.graph.url : await startGraph(pretend);
    const halo = settings.ticketSystem === 'pretend' ? await startTicketSystem() : undefined;
    const policy =
      settings.policyFile === undefined
        ? () => sandboxPolicy
        : await parts.openPolicy(settings.policyFile, sandboxPolicy);
    let approvePage: string | undefined;
    const guide = createTour({
      ticks: openTourTicks(findFileBesideDatabase(settings.databaseUrl, 'tour.json')),
      policy,
      customers: pretend?.data.customers ?? [],
      approvePage: () => approvePage,
      startWith: formatPorts(settings),
    });
    const app = await createApp(
      {
        ...settings,
        metrics: readMetricsSettings(settings, () => parts.alarms.failures()),
        partnerCenterUrl,
        ticketSystem: settings.ticketSystem === 'pretend' ? halo?.settings : settings.ticketSystem,
        endpoint: {
          kind: 'sandbox',
          allowedTenants: settings.allowedTenants,
          ...(settings.partnerCenterUrl === undefined && { guide }),
          memberIds: new Map(playgroundConfig.users.map(({ aadObjectId, id }) => [aadObjectId, id])),
          ...(settings.playground && { approverChat: playgroundConfig.groupChat.name }),
        },
        partnerAccess: {
          kind: 'given',
          credentials: { getToken: () => Promise.resolve(new Secret(sandboxToken)) },
          groups: { memberOf: () => Promise.resolve(new Set()) },
        },
        sealingKeys: settings.sealingKeys ?? [readOrCreateSandboxKey(settings.databaseUrl, 'sealing.key', bytes)],
        auditKey: settings.auditKey ?? readOrCreateSandboxKey(settings.databaseUrl, 'audit.key', bytes),
        graph:
          graphUrl === undefined ? { kind: 'off' } : { kind: 'given', url: graphUrl, tokenFor: createSandboxTokens() },
        policy,
        raiseAlarm: parts.alarms.raise,
      },
      platform,
    );
    parts.add('bot', (shutdown) => app.stop(shutdown));
    const bot = await app.start();
    const playgroundUrl = settings.playground ? await startChat(bot.url) : undefined;
    const colleague =
      playgroundUrl === undefined
        ? undefined
        : createColleaguePage({ playgroundUrl, botUrl: bot.url, waiting: () => app.waitingForApproval() });
    const shown = [
      ...(pretend === undefined ? [] : [createSignInPage(pretend.accounts)]),
      ...(halo === undefined ? [] : [createTicketPages(halo.pretend)]),
      ...(colleague === undefined ? [] : [colleague]),
    ];
    const pages = shown.length === 0 ? undefined : await servePages(shown, listLinks(bot.url, playgroundUrl));
    if (colleague !== undefined && pages !== undefined) approvePage = `${pages.url}${colleague.path}`;
    const isPretend = pretend !== undefined;
    given.write(formatWelcome({ botUrl: bot.url, playgroundUrl, partnerCenterUrl, isPretend, pages, shown }));
    held.release();
    await app.load();
    return { url: bot.url, stop: (shutdown) => parts.stop(shutdown) };
  } catch (failure) {
    held.release();
    await parts.stop();
    throw failure;
  }

  async function startPartnerCenter(): Promise<PretendPartnerCenter & { readonly url: string }> {
    const pretend = createPretendPartnerCenter({ acceptsToken: sandboxToken });
    const { url } = await pretend.listen({ port: 0, host: '127.0.0.1' });
    parts.add('partner-center', () => pretend.close());
    return { ...pretend, url };
  }

  /** The pretend Graph shows the people of the pretend Partner Center. Undefined where none is asked. */
  async function startGraph(partnerCenter: PretendPartnerCenter | undefined): Promise<string | undefined> {
    if (settings.graph.kind !== 'pretend' || partnerCenter === undefined) return undefined;
    const pretend = createPretendGraph(partnerCenter);
    const { url } = await pretend.listen();
    parts.add('graph', () => pretend.close());
    return url;
  }

  async function startTicketSystem(): Promise<{
    readonly settings: TicketSettings;
    readonly pretend: PretendHaloPsa;
  }> {
    const pretend = createPretendHaloPsa();
    const { url } = await pretend.listen({ port: 0, host: '127.0.0.1' });
    parts.add('halopsa', () => pretend.close());
    return { settings: describePretendHaloPsa(url), pretend };
  }

  /** Beside the Playground, so that their addresses are the same at each start. */
  async function servePages(pages: readonly SandboxPage[], links: readonly SandboxLink[]): Promise<SandboxPages> {
    const { playgroundPort } = settings;
    const port = playgroundPort === 0 || playgroundPort === 65_535 ? 0 : playgroundPort + 1;
    const served = await startPages({ port, links, pages });
    parts.add('pages', () => served.stop());
    return served;
  }

  /** What the first page links to that is served elsewhere. */
  function listLinks(botUrl: string, playgroundUrl: string | undefined): readonly SandboxLink[] {
    const { metricsPort, metricsHost } = settings;
    return [
      ...(playgroundUrl === undefined
        ? []
        : [{ url: playgroundUrl, name: 'Chat', what: 'the Playground, to type to the bot' }]),
      { url: `${botUrl}/readyz`, name: 'Health', what: 'whether the bot is ready' },
      ...(metricsPort === undefined || metricsPort === 0
        ? []
        : [{ url: `http://${metricsHost}:${metricsPort}/metrics`, name: 'Metrics', what: 'for Prometheus' }]),
    ];
  }

  async function startChat(botUrl: string): Promise<string> {
    const playground = await keepPlayground({
      port: settings.playgroundPort,
      botUrl: `${botUrl}/api/messages`,
      log: parts.log,
    });
    parts.add('playground', () => playground.stop());
    return playground.url;
  }
}

/** The ports that differ from the usual ones, as they are typed before `npm start`. */
function formatPorts({ port, playgroundPort }: Pick<SandboxSettings, 'port' | 'playgroundPort'>): string {
  return [
    ...(port === usualPorts.bot ? [] : [`PORT=${port} `]),
    ...(playgroundPort === usualPorts.playground ? [] : [`PLAYGROUND_PORT=${playgroundPort} `]),
  ].join('');
}

/** In place of a token of a customer's tenant the sandbox sends one that names it. */
function createSandboxTokens(): TokenSource {
  return (tenantId) => Promise.resolve({ kind: 'token', token: new Secret(`sandbox.${tenantId}`) });
}

/** Keeps lines back until `release`, so that the welcome is the first thing to be read. */
function holdLines(write: Platform['write']): { readonly write: Platform['write']; release(): void } {
  let lines: string[] | undefined = [];
  return {
    write(line) {
      if (lines === undefined) write(line);
      else lines.push(line);
    },
    release() {
      for (const line of lines ?? []) write(line);
      lines = undefined;
    },
  };
}

function formatWelcome({
  botUrl,
  playgroundUrl,
  partnerCenterUrl,
  isPretend,
  pages,
  shown,
}: {
  readonly botUrl: string;
  readonly playgroundUrl: string | undefined;
  readonly partnerCenterUrl: string;
  readonly isPretend: boolean;
  readonly pages: SandboxPages | undefined;
  readonly shown: readonly SandboxPage[];
}): string {
  const lines = [
    '',
    'Locksmith runs in its sandbox. Nobody checks here who calls the bot (Bot Framework tokens are not',
    'looked at), so everything listens on this machine only.',
    isPretend
      ? 'Its Partner Center is a pretend one: no real password is ever changed.'
      : `It calls the Partner Center at ${partnerCenterUrl}, and changes passwords there.`,
    '',
    playgroundUrl === undefined ? `  The bot   ${botUrl}/api/messages` : `  Open      ${playgroundUrl}`,
    ...(isPretend ? [`  Type      ${exampleSentence}`] : []),
    ...(isPretend ? [`            or tour: ${tourLength} things to try`] : []),
    ...(pages === undefined ? [] : listPages(pages, shown)),
    '',
    '  Ctrl+C ends it.',
    ...(playgroundUrl === undefined
      ? []
      : [
          '  The next start has an empty chat. What Locksmith has kept stays: type history, or status.',
          '  What waits from before has no card there: confirm goes on with it, cancel takes it back.',
        ]),
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function listPages({ url, isUsualPort }: SandboxPages, shown: readonly SandboxPage[]): readonly string[] {
  return [
    `  Pages     ${url}/   links to all of these`,
    ...shown.map(({ name, path, what }) => `  ${name.padEnd(9)} ${url}${path}   ${what}`),
    ...(isUsualPort ? [] : ['            Their usual port is taken, so they are at another one this time.']),
  ];
}
