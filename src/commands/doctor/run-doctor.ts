import { readFileSync } from 'node:fs';
import { type Environment, type ProductionSettings, readSettings } from '../../config.ts';
import type { Outside } from '../../outside.ts';
import { readPolicy } from '../../reset/policy/policy-file.ts';
import type { Principal } from '../../reset/policy/policy.ts';
import { createBotToken } from '../../sign-in/bot-token.ts';
import { checkBot } from './check-bot.ts';
import { checkClock } from './check-clock.ts';
import { checkPolicy } from './check-policy.ts';
import { checkSignIn } from './check-sign-in.ts';
import { checkStore } from './check-store.ts';
import type { Check } from './check.ts';
import { runChecks } from './run-checks.ts';

/**
 * Looks at everything that production needs, beside a running bot, and prints a line for each with what to do about what is
 * wrong. It sends nothing to anybody and changes nothing but a sign-in that was due to be renewed. Gives the exit status:
 * 0 where all is well, 1 where something is wrong.
 */
export async function runDoctor({
  environment,
  outside,
  print,
  readFile = (path) => readFileSync(path, 'utf8'),
}: {
  readonly environment: Environment;
  readonly outside: Outside;
  readonly print: (line: string) => void;
  readonly readFile?: (path: string) => string;
}): Promise<0 | 1> {
  const read = readSettings(environment, readFile, outside.clock.now());
  if (read.kind === 'problems') {
    const checks = read.problems.map((problem): Check => ({
      name: 'settings',
      look: () => Promise.resolve({ kind: 'wrong', says: problem, todo: 'Mend it; nothing else was looked at.' }),
    }));
    return runChecks(checks, print);
  }
  const { settings } = read;
  switch (settings.mode) {
    case 'sandbox':
      print(
        'These are the settings of the sandbox, which checks nobody. For production set those that the README lists.',
      );
      return runChecks([checkPolicy(settings.policyFile, 'sandbox', readFile)], print);
    case 'production':
      return runChecks(productionChecks(settings, outside, readFile), print);
  }
}

/** Every look at production, in the order in which they are best mended. */
export function productionChecks(
  settings: ProductionSettings,
  outside: Outside,
  readFile: (path: string) => string,
): readonly Check[] {
  const { fetch, clock, signIn } = outside;
  const person = findPerson(settings.policyFile, readFile);
  const getToken = createBotToken({
    bot: settings.bot,
    authority: signIn.authority,
    fetch,
    clock,
    log: () => undefined,
    raiseAlarm: () => undefined,
  });
  return [
    { name: 'settings', look: () => Promise.resolve({ kind: 'ok', says: 'all there, and well formed' }) },
    checkPolicy(settings.policyFile, 'production', readFile),
    ...checkStore({ ...settings, outside }),
    checkClock(outside),
    ...checkSignIn({ settings, person, outside }),
    ...checkBot({ getToken, endpoints: outside.botFramework, fetch, clock }),
  ];
}

/** Somebody whom the policy names by id, where it names groups too; undefined where Graph need not be asked. */
function findPerson(path: string, readFile: (path: string) => string): string | undefined {
  const read = readPolicy(readOr(path, readFile), 'production');
  if (read.kind === 'problems') return undefined;
  const { technicians, approvers, auditors, customers } = read.policy;
  const named: readonly Principal[] = [
    ...technicians,
    ...approvers,
    ...auditors,
    ...Object.values(customers).flatMap((customer) => customer.technicians ?? []),
  ];
  if (!named.some(({ kind }) => kind === 'group')) return undefined;
  return named.flatMap((one) => (one.kind === 'person' ? [one.objectId] : []))[0];
}

function readOr(path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path);
  } catch {
    return '';
  }
}
