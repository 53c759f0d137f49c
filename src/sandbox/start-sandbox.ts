import {
  type App,
  type AppSettings,
  createShutdown,
  openPolicyFile,
  type Platform,
  type Shutdown,
} from '../app/index.ts';
import { createLog, Secret } from '../base/index.ts';
import { readOrCreateSandboxKey, type SandboxSettings } from '../config/index.ts';
import { createAlarms, readMetricsSettings } from '../observability/index.ts';
import { type Policy, sandboxPolicy } from '../reset/index.ts';
import { exampleSentence } from './partner-center/data/customers.ts';
import { createPretendPartnerCenter } from './partner-center/pretend-partner-center.ts';
import { startPlayground } from './playground.ts';

/** Every call to Partner Center from the sandbox carries this in place of a token. */
const sandboxToken = 'sandbox';

/**
 * Starts the bot with everything it needs to be tried on one machine: a pretend Partner Center, a key of its own, and
 * Microsoft's Agents Playground. All of it listens on loopback. Says on standard output what to open and what to type.
 */
export async function startSandbox(
  settings: SandboxSettings,
  outside: Platform,
  createApp: (settings: AppSettings, outside: Platform) => Promise<App>,
): Promise<{ readonly url: string; stop(ending?: Shutdown): Promise<void> }> {
  const { clock, fetch, random, write } = outside;
  const log = createLog({ write, clock, level: settings.logLevel });
  const running: { readonly name: string; stop(ending: Shutdown, givenUp: Promise<void>): Promise<void> }[] = [];
  const stop = async (ending = createShutdown({ clock, log, milliseconds: outside.ending.longest })): Promise<void> => {
    for (const part of running.toReversed()) await ending.within(part.name, 0, (givenUp) => part.stop(ending, givenUp));
  };
  const alarms = createAlarms({ url: settings.alertWebhookUrl, fetch, clock, newId: random.guid, log });
  running.push({ name: 'alarms', stop: (_ending, givenUp) => alarms.stop(givenUp) });
  try {
    const partnerCenterUrl = settings.partnerCenterUrl ?? (await startPartnerCenter());
    const app = await createApp(
      {
        ...settings,
        metrics: readMetricsSettings(settings, () => alarms.failures()),
        partnerCenterUrl,
        door: { kind: 'sandbox' },
        access: {
          kind: 'given',
          credentials: { getToken: () => Promise.resolve(new Secret(sandboxToken)) },
          groups: { memberOf: () => Promise.resolve(new Set()) },
        },
        sealingKeys: settings.sealingKeys ?? [
          readOrCreateSandboxKey(settings.databaseUrl, 'sealing.key', random.bytes),
        ],
        auditKey: settings.auditKey ?? readOrCreateSandboxKey(settings.databaseUrl, 'audit.key', random.bytes),
        policy: await startPolicy(),
        raiseAlarm: alarms.raise,
      },
      outside,
    );
    running.push({ name: 'bot', ...app });
    const bot = await app.start();
    const playground = settings.playground ? await startChat(bot.url) : undefined;
    outside.write(
      formatWelcome({
        botUrl: bot.url,
        playgroundUrl: playground,
        partnerCenterUrl,
        isPretend: settings.partnerCenterUrl === undefined,
      }),
    );
    return { url: bot.url, stop };
  } catch (failure) {
    await stop();
    throw failure;
  }

  async function startPartnerCenter(): Promise<string> {
    const pretend = createPretendPartnerCenter({ acceptsToken: sandboxToken });
    const { url } = await pretend.listen({ port: 0, host: '127.0.0.1' });
    running.push({ name: 'partner-center', stop: () => pretend.close() });
    return url;
  }

  /** The policy in force at any moment. */
  async function startPolicy(): Promise<() => Policy> {
    const { policyFile: path } = settings;
    if (path === undefined) return () => sandboxPolicy;
    const file = await openPolicyFile({ path, mode: 'sandbox', clock, log, raiseAlarm: alarms.raise });
    running.push({ name: 'policy-file', ...file });
    return () => file.policy();
  }

  async function startChat(botUrl: string): Promise<string> {
    const playground = await startPlayground({ port: settings.playgroundPort, botUrl: `${botUrl}/api/messages` });
    running.push({ name: 'playground', ...playground });
    return playground.url;
  }
}

function formatWelcome(at: {
  botUrl: string;
  playgroundUrl: string | undefined;
  partnerCenterUrl: string;
  isPretend: boolean;
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
    ...(isPretend ? [`  Sign in   ${at.partnerCenterUrl}/sign-in   to try the new password`] : []),
    '',
    '  Ctrl+C ends it.',
    '',
  ];
  return `${lines.join('\n')}\n`;
}
