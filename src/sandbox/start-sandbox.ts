import { createApp, createStartedParts, type Platform, type Shutdown, sandboxPolicy } from '../app/index.ts';
import { Secret } from '../base/index.ts';
import type { TokenSource } from '../graph/index.ts';
import { readOrCreateSandboxKey, type SandboxSettings, type TicketSettings } from '../config/index.ts';
import { readMetricsSettings } from '../observability/index.ts';
import { startColleaguePage } from './colleague-page.ts';
import { createPretendHaloPsa, describePretendHaloPsa } from './halopsa/pretend-halopsa.ts';
import { exampleSentence } from './data/customers.ts';
import { createPretendGraph } from './graph/pretend-graph.ts';
import { createPretendPartnerCenter, type PretendPartnerCenter } from './partner-center/pretend-partner-center.ts';
import { createTour, tourLength } from './tour.ts';
import { startPlayground } from './playground.ts';

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
    const app = await createApp(
      {
        ...settings,
        metrics: readMetricsSettings(settings, () => parts.alarms.failures()),
        partnerCenterUrl,
        ticketSystem: settings.ticketSystem === 'pretend' ? halo?.settings : settings.ticketSystem,
        endpoint: {
          kind: 'sandbox',
          allowedTenants: settings.allowedTenants,
          ...(settings.partnerCenterUrl === undefined && { guide: createTour() }),
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
        policy:
          settings.policyFile === undefined
            ? () => sandboxPolicy
            : await parts.openPolicy(settings.policyFile, sandboxPolicy),
        raiseAlarm: parts.alarms.raise,
      },
      platform,
    );
    parts.add('bot', (shutdown) => app.stop(shutdown));
    const bot = await app.start();
    const playgroundUrl = settings.playground ? await startChat(bot.url) : undefined;
    const isPretend = settings.partnerCenterUrl === undefined;
    const colleagueUrl = playgroundUrl === undefined ? undefined : await startColleague(playgroundUrl);
    given.write(
      formatWelcome({
        botUrl: bot.url,
        playgroundUrl,
        colleagueUrl,
        partnerCenterUrl,
        isPretend,
        ticketsUrl: halo?.page,
      }),
    );
    held.release();
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

  async function startTicketSystem(): Promise<{ readonly settings: TicketSettings; readonly page: string }> {
    const pretend = createPretendHaloPsa();
    const { url } = await pretend.listen({ port: 0, host: '127.0.0.1' });
    parts.add('halopsa', () => pretend.close());
    return { settings: describePretendHaloPsa(url), page: `${url}/tickets` };
  }

  async function startColleague(playgroundUrl: string): Promise<string> {
    const page = await startColleaguePage(playgroundUrl);
    parts.add('colleague-page', () => page.stop());
    return page.url;
  }

  async function startChat(botUrl: string): Promise<string> {
    const playground = await startPlayground({
      port: settings.playgroundPort,
      botUrl: `${botUrl}/api/messages`,
      log: parts.log,
    });
    parts.add('playground', () => playground.stop());
    return playground.url;
  }
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

function formatWelcome(at: {
  botUrl: string;
  playgroundUrl: string | undefined;
  colleagueUrl: string | undefined;
  partnerCenterUrl: string;
  isPretend: boolean;
  ticketsUrl: string | undefined;
}): string {
  const { isPretend } = at;
  const lines = [
    '',
    'Locksmith runs in its sandbox. Nobody checks here who calls the bot (Bot Framework tokens are not',
    'looked at), so everything listens on this machine only.',
    isPretend
      ? 'Its Partner Center is a pretend one: no real password is ever changed.'
      : `It calls the Partner Center at ${at.partnerCenterUrl}, and changes passwords there.`,
    '',
    at.playgroundUrl === undefined ? `  The bot   ${at.botUrl}/api/messages` : `  Open      ${at.playgroundUrl}`,
    ...(isPretend ? [`  Type      ${exampleSentence}`] : []),
    ...(isPretend ? [`            or tour: ${tourLength} things to try`] : []),
    ...(isPretend ? [`  Sign in   ${at.partnerCenterUrl}/sign-in   to try the new password`] : []),
    ...(at.ticketsUrl === undefined
      ? []
      : [`  Tickets   ${at.ticketsUrl}   which tickets there are, and Locksmith’s notes in them`]),
    ...(at.colleagueUrl === undefined
      ? []
      : [`  Approve   ${at.colleagueUrl}/   to be the colleague who approves what was asked in the group chat`]),
    '',
    '  Ctrl+C ends it.',
    '',
  ];
  return `${lines.join('\n')}\n`;
}
