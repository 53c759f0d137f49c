import { readFileSync } from 'node:fs';
import { type Platform, sandboxPolicy } from '../../app/index.ts';
import { readErrorCode } from '../../base/index.ts';
import { type Environment, type ProductionSettings, readSettings } from '../../config/index.ts';
import { type BuiltInPolicy, hashPolicy, type Principal, readPolicy } from '../../reset/index.ts';
import { createBotToken } from '../../sign-in/index.ts';
import type { ProgressOutput } from '../progress.ts';
import { checkBot } from './check-bot.ts';
import { checkClock } from './check-clock.ts';
import { checkGraph } from './check-graph.ts';
import { checkSignIn } from './check-sign-in.ts';
import { checkStore } from './check-store.ts';
import { checkTickets } from './check-tickets.ts';
import { type Check, type Finding, installSteps, runChecks } from './checks.ts';

/**
 * Looks at everything that production needs, beside a running bot, and prints a line for each with what to do about what is
 * wrong. It sends nothing to anybody and changes nothing but a sign-in that was due to be renewed. Gives the exit status:
 * 0 where all is well, 1 where something is wrong.
 */
export async function runDoctor({
  environment,
  platform,
  print,
  errors,
  readFile = (path) => readFileSync(path, 'utf8'),
}: {
  readonly environment: Environment;
  readonly platform: Platform;
  readonly print: (line: string) => void;
  readonly errors: ProgressOutput;
  readonly readFile?: (path: string) => string;
}): Promise<0 | 1> {
  const progress = { clock: platform.clock, errors };
  const read = readSettings(environment, readFile, platform.clock.now());
  if (read.kind === 'problems') {
    const where = read.mode === 'sandbox' ? '' : ' Settings are explained in docs/settings.md.';
    const checks = read.problems.map((problem): Check => ({
      name: 'settings',
      step: 4,
      look: () =>
        Promise.resolve({
          kind: problem.endsWith(' is not set') ? 'not-made' : 'wrong',
          says: problem,
          todo: `Set and mend these first; nothing else was looked at.${where}`,
        }),
    }));
    return runChecks(checks, print, progress);
  }
  const { settings } = read;
  switch (settings.mode) {
    case 'sandbox':
      print(
        `These are the settings of the sandbox, which needs none. For your own tenant begin with docs/install.md, step 1 of ${installSteps}.`,
      );
      return settings.policyFile === undefined
        ? 0
        : runChecks([checkPolicy(settings.policyFile, sandboxPolicy, readFile)], print, progress);
    case 'production':
      return runChecks(productionChecks(settings, platform, readFile), print, progress);
  }
}

/** Every look at production, in the order in which they are best mended. */
export function productionChecks(
  settings: ProductionSettings,
  platform: Platform,
  readFile: (path: string) => string,
): readonly Check[] {
  const { fetch, clock, signIn } = platform;
  const person = findNamedPerson(settings.policyFile, readFile);
  const getToken = createBotToken({
    bot: settings.bot,
    authority: signIn.authority,
    fetch,
    clock,
    log: () => undefined,
    raiseAlarm: () => undefined,
  });
  return [
    { name: 'settings', step: 4, look: () => Promise.resolve({ kind: 'ok', says: 'all there, and well formed' }) },
    ...(settings.extraAuthorities === undefined ? [] : [nameExtraAuthorities(settings.extraAuthorities)]),
    checkPolicy(settings.policyFile, undefined, readFile, new Set(settings.allowedTenants).size > 1),
    ...checkStore({ ...settings, platform }),
    checkClock(platform),
    ...checkSignIn({ settings, person, customers: findNamedCustomers(settings.policyFile, readFile), platform }),
    ...(settings.graph === 'on' ? checkGraph({ settings, platform }) : []),
    ...checkTickets(settings.ticketSystem, { fetch, clock }),
    ...checkBot({ getToken, endpoints: platform.botFramework, fetch, clock }),
  ];
}

/** Not wrong by itself: a company that looks into its own traffic needs it. */
function nameExtraAuthorities(file: string): Check {
  const says = `NODE_EXTRA_CA_CERTS has Node trust the authorities in ${file} too: who holds their keys can read every call`;
  return { name: 'certificates', step: 7, look: () => Promise.resolve({ kind: 'not-checked', says }) };
}

/** Finds a person whom the policy names by id. Undefined where it names no group, as Graph is then not asked. */
function findNamedPerson(path: string, readFile: (path: string) => string): string | undefined {
  const read = readPolicy(readFileOrEmpty(path, readFile), undefined);
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

/** The customers that the policy names, by tenant id. */
function findNamedCustomers(path: string, readFile: (path: string) => string): readonly string[] {
  const read = readPolicy(readFileOrEmpty(path, readFile), undefined);
  return read.kind === 'policy' ? Object.keys(read.policy.customers) : [];
}

function readFileOrEmpty(path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path);
  } catch {
    return '';
  }
}

/** Reads the policy file as the bot does; `undefined` means the sandbox's built-in policy. */
function checkPolicy(
  path: string,
  builtIn: BuiltInPolicy | undefined,
  readFile: (path: string) => string,
  severalTenants = false,
): Check {
  return {
    name: 'policy',
    step: 5,
    look: () => Promise.resolve(look(path)),
  };

  function look(file: string): Finding {
    let text: string;
    try {
      text = readFile(file);
    } catch (failure) {
      return readErrorCode(failure) === 'ENOENT'
        ? { kind: 'not-made', says: 'the file that POLICY_FILE names is not there', todo: 'Write it: docs/policy.md.' }
        : { kind: 'refused', says: 'cannot be read', todo: 'Let POLICY_FILE name a file that Locksmith may read.' };
    }
    const read = readPolicy(text, builtIn, { severalTenants });
    if (read.kind === 'problems') {
      const problems = read.problems.map(({ path: where, says }) => `${where}: ${says}`);
      return {
        kind: 'wrong',
        says: problems.join('; '),
        todo: 'Mend the policy file; a running bot takes it within seconds.',
      };
    }
    const { technicians, approvers, approval } = read.policy;
    if (technicians.length === 0) {
      return { kind: 'wrong', says: 'names no technician', todo: 'Name who may ask for resets under "technicians".' };
    }
    if (approvers.length === 0 && approval !== 'never') {
      return {
        kind: 'wrong',
        says: 'asks for approvals and names no approver',
        todo: 'Name who may approve under "approvers", or set "approval" to "never".',
      };
    }
    return { kind: 'ok', says: `good (${hashPolicy(read.policy).slice(0, 12)})` };
  }
}
