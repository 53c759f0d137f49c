import { type Platform, sandboxPolicy } from '../../app/index.ts';
import { commandTunables } from '../../base/index.ts';
import { isDatabaseMissing, readSandboxKey, type SandboxSettings } from '../../config/index.ts';
import { checkPolicy, nameTicketSystem } from './check-policy.ts';
import { checkStore } from './check-store.ts';
import type { Check } from './checks.ts';

/**
 * What there is to look at in a sandbox: its policy file if it has one, the database with its keys once it was started, and whether
 * a bot answers. Nothing is missing where it was never started.
 */
export function checkSandbox(
  settings: SandboxSettings,
  platform: Platform,
  readFile: (path: string) => string,
): readonly Check[] {
  const { databaseUrl, policyFile } = settings;
  const surroundings = {
    graph: settings.graph.kind === 'off' ? 'off' : 'on',
    ticketSystem: nameTicketSystem(settings.ticketSystem),
  } as const;
  const policy =
    policyFile === undefined
      ? []
      : [...checkPolicy(policyFile, sandboxPolicy, readFile, surroundings), customersNotCompared];
  if (isDatabaseMissing(databaseUrl)) return policy;
  const sealingKey = readSandboxKey(databaseUrl, 'sealing.key');
  const sealingKeys = settings.sealingKeys ?? (sealingKey === undefined ? [] : [sealingKey]);
  const auditKey = settings.auditKey ?? readSandboxKey(databaseUrl, 'audit.key');
  const store =
    sealingKeys.length === 0 || auditKey === undefined
      ? [keysGone]
      : checkStore({ databaseUrl, sealingKeys, auditKey, platform });
  return [...policy, ...store, ...(settings.port === 0 ? [] : [checkRunning(settings, platform)])];
}

const customersNotCompared: Check = {
  name: 'policy customers',
  step: 5,
  look: () =>
    Promise.resolve({
      kind: 'not-checked',
      says: 'not compared with Partner Center: that needs the settings of production',
    }),
};

const keysGone: Check = {
  name: 'keys',
  step: 4,
  look: () =>
    Promise.resolve({
      kind: 'wrong',
      says: 'the sandbox’s database is there, and sealing.key or audit.key beside it is not',
      todo: 'Put the keys back, or delete the database to begin anew.',
    }),
};

/** A sandbox that does not run is no fault. */
function checkRunning({ host, port }: SandboxSettings, { fetch }: Pick<Platform, 'fetch'>): Check {
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  return {
    name: 'bot',
    step: 7,
    async look() {
      const status = await fetch(`${url}/readyz`, {
        redirect: 'error',
        signal: AbortSignal.timeout(commandTunables.doctorCallTimeoutMilliseconds),
      }).then(
        (answer) => answer.status,
        () => undefined,
      );
      if (status === undefined) return { kind: 'not-checked', says: `none answers at ${url}: npm start starts it` };
      return status === 200
        ? { kind: 'ok', says: `answers at ${url}, and is ready` }
        : {
            kind: 'wrong',
            says: `what answers at ${url} is not ready (${status})`,
            todo: 'Look at what it says in its terminal; another program may have its port.',
          };
    },
  };
}
