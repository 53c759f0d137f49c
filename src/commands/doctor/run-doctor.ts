import { readFileSync } from 'node:fs';
import type { Platform } from '../../app/index.ts';
import { readErrorCode } from '../../base/index.ts';
import { type Environment, partnerCenterAddress, type ProductionSettings, readSettings } from '../../config/index.ts';
import { delegatedScopes, scopesFor } from '../../graph/index.ts';
import { type Policy, policyForCustomer, type Principal } from '../../reset/index.ts';
import { createBotToken } from '../../sign-in/index.ts';
import type { ProgressOutput } from '../progress.ts';
import { checkBot } from './check-bot.ts';
import { checkClock } from './check-clock.ts';
import { checkPolicy, nameTicketSystem, readPolicyIfGood } from './check-policy.ts';
import { checkGraph } from './check-graph.ts';
import { checkSandbox } from './check-sandbox.ts';
import { checkSignIn } from './check-sign-in.ts';
import { checkStore } from './check-store.ts';
import { checkTickets } from './check-tickets.ts';
import { type Check, installSteps, runChecks } from './checks.ts';

/**
 * Looks at everything that production needs, beside a running bot, and prints a line for each with what to do about what is
 * wrong. It sends nothing to anybody and changes nothing: the token that it gets from the stored sign-in is not kept. Gives the
 * exit status: 0 where all is well, 1 where something is wrong.
 */
export async function runDoctor({
  environment,
  platform,
  print,
  errors,
  partnerCenterUrl = partnerCenterAddress,
  readFile = (path) => readFileSync(path, 'utf8'),
}: {
  readonly environment: Environment;
  readonly platform: Platform;
  readonly print: (line: string) => void;
  readonly errors: ProgressOutput;
  /** Where Partner Center is; production knows one address. */
  readonly partnerCenterUrl?: string;
  readonly readFile?: (path: string) => string;
}): Promise<0 | 1> {
  const progress = { clock: platform.clock, errors };
  const read = readSettings(environment, readFileOfSettings(environment, readFile), platform.clock.now());
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
      return runChecks(checkSandbox(settings, platform, readFile), print, progress);
    case 'production':
      return runChecks(productionChecks({ ...settings, partnerCenterUrl }, platform, readFile), print, progress);
  }
}

/** A policy file that a setting names and that no one has written yet is told by the look at the policy. */
function readFileOfSettings(environment: Environment, readFile: (path: string) => string): (path: string) => string {
  return (path) => {
    try {
      return readFile(path);
    } catch (failure) {
      if (readErrorCode(failure) === 'ENOENT' && path === environment['POLICY_FILE']?.trim()) return '';
      throw failure;
    }
  };
}

/** Every look at production, in the order in which they are best mended. */
export function productionChecks(
  settings: ProductionSettings,
  platform: Platform,
  readFile: (path: string) => string,
): readonly Check[] {
  const { fetch, clock, signIn } = platform;
  const policy = readPolicyIfGood(settings.policyFile, readFile);
  const person = policy && findNamedPerson(policy);
  const scopesAt = (tenantId: string) =>
    policy === undefined ? delegatedScopes : scopesFor(policyForCustomer(policy, tenantId));
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
    ...checkPolicy(settings.policyFile, undefined, readFile, {
      graph: settings.graph,
      ticketSystem: nameTicketSystem(settings.ticketSystem),
      severalTenants: new Set(settings.allowedTenants).size > 1,
    }),
    ...checkStore({ ...settings, platform }),
    checkClock(platform),
    ...checkSignIn({ settings, person, customers: policy && Object.keys(policy.customers), platform }),
    ...(settings.graph === 'on' ? checkGraph({ settings, scopesAt, platform }) : []),
    ...checkTickets(settings, { fetch, clock }),
    ...checkBot({ getToken, endpoints: platform.botFramework, fetch, clock }),
  ];
}

/** Not wrong by itself: a company that looks into its own traffic needs it. */
function nameExtraAuthorities(file: string): Check {
  const says = `NODE_EXTRA_CA_CERTS has Node trust the authorities in ${file} too: who holds their keys can read every call`;
  return { name: 'certificates', step: 7, look: () => Promise.resolve({ kind: 'not-checked', says }) };
}

/** Finds a person whom the policy names by id. Undefined where it names no group, as Graph is then not asked. */
function findNamedPerson({ technicians, approvers, auditors, customers }: Policy): string | undefined {
  const named: readonly Principal[] = [
    ...technicians,
    ...approvers,
    ...auditors,
    ...Object.values(customers).flatMap((customer) => customer.technicians ?? []),
  ];
  if (!named.some(({ kind }) => kind === 'group')) return undefined;
  return named.flatMap((one) => (one.kind === 'person' ? [one.objectId] : []))[0];
}
