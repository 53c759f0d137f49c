import { readFile } from 'node:fs/promises';
import { type Clock, describeErrorForLog, type Log, processTunables } from '../base/index.ts';
import {
  type BuiltInPolicy,
  hashPolicy,
  type Policy,
  policyDefaults,
  type RaiseAlarm,
  readPolicy,
} from '../reset/index.ts';

/** The policy of the sandbox where there is no policy file: everyone may do everything, and no test reaches a limit. */
export const sandboxPolicy: Policy = {
  ...policyDefaults,
  technicians: [{ kind: 'everyone' }],
  approvers: [{ kind: 'everyone' }],
  auditors: [{ kind: 'everyone' }],
  limits: { perTechnicianPerHour: 1000, perCustomerPerHour: 1000, perUserPerDay: 1000, overallPerHour: 10_000 },
};

export type PolicyFile = {
  /** The policy in force: that of the last file that could be used. */
  policy(): Policy;
  stop(): Promise<void>;
};

/**
 * Opens the policy file and reads it again about every second. A changed text counts when two readings in a row give it, as
 * a file may be read while it is written. Throws a `PolicyFileError` where the file cannot be used at the start. A later one
 * that cannot be used is logged and raises an alarm; the last good policy stays in force. Each that counts is logged with its hash.
 */
export async function openPolicyFile({
  path,
  builtIn,
  severalTenants,
  clock,
  log,
  raiseAlarm,
}: {
  readonly path: string;
  /** The sandbox's policy, for what the file leaves out; `undefined` in production. */
  readonly builtIn: BuiltInPolicy | undefined;
  /** Whether people of more than one tenant may talk to the bot: then the file may not name everyone. */
  readonly severalTenants?: boolean | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): Promise<PolicyFile> {
  let seen = await readFileIfPresent(path);
  let judged = seen;
  const first = parsePolicyText(seen, builtIn, severalTenants);
  if (first.kind === 'problems') throw new PolicyFileError(first.problems);
  let inForce = first.policy;
  log({ level: 'info', event: 'policy-read', policy: hashPolicy(inForce) });
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();
  let cancelTimer = schedule();

  return {
    policy: () => inForce,
    async stop() {
      stopped = true;
      cancelTimer();
      await looking;
    },
  };

  function schedule(): () => void {
    return clock.after(processTunables.policyFilePollMilliseconds, () => {
      looking = look().finally(() => {
        if (!stopped) cancelTimer = schedule();
      });
    });
  }

  async function look(): Promise<void> {
    const text = await readFileIfPresent(path);
    const settled = text === seen;
    seen = text;
    if (!settled || text === judged) return;
    judged = text;
    const judgement = parsePolicyText(text, builtIn, severalTenants);
    if (judgement.kind === 'policy') {
      inForce = judgement.policy;
      log({ level: 'info', event: 'policy-changed', policy: hashPolicy(inForce) });
      return;
    }
    const { problems } = judgement;
    log({ level: 'error', event: 'policy-refused', inForce: hashPolicy(inForce), problems: problems.join('; ') });
    raiseAlarm({ kind: 'bad-policy-file', problems });
  }
}

/** Undefined where there is no file that can be read. */
function readFileIfPresent(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}

function parsePolicyText(
  text: string | undefined,
  builtIn: BuiltInPolicy | undefined,
  severalTenants: boolean | undefined,
):
  | { readonly kind: 'policy'; readonly policy: Policy }
  | { readonly kind: 'problems'; readonly problems: readonly string[] } {
  if (text === undefined) return { kind: 'problems', problems: ['the whole file: cannot be read'] };
  const read = readPolicy(text, builtIn, { severalTenants });
  if (read.kind === 'policy') return read;
  return { kind: 'problems', problems: read.problems.map(({ path, says }) => `${path}: ${says}`) };
}

/** The policy file cannot be used; the message names every problem in it. */
class PolicyFileError extends Error {
  override readonly name = 'PolicyFileError';
  readonly code = 'bad-policy-file';

  constructor(problems: readonly string[]) {
    super(`POLICY_FILE is not a policy: ${problems.join('; ')}`);
  }
}

/**
 * Makes the watch over the customers that the policy names. It looks at the start and whenever the policy names others. A tenant
 * id that is no customer of the partner is logged and raises an alarm, since what the policy says of it protects no one. While
 * Partner Center does not answer, it looks again a minute later: no start waits for it.
 */
export function createPolicyCustomersWatch({
  policy,
  findUnknown,
  clock,
  log,
  raiseAlarm,
}: {
  readonly policy: () => Policy;
  /** Those of these tenant ids that are no customers; `undefined` where Partner Center does not answer. */
  readonly findUnknown: (ids: readonly string[]) => Promise<readonly string[] | undefined>;
  readonly clock: Clock;
  readonly log: Log;
  readonly raiseAlarm: RaiseAlarm;
}): { start(): void; stop(): Promise<void> } {
  let checked = '';
  let isStopped = false;
  let looking: Promise<void> = Promise.resolve();
  let cancel = (): void => undefined;

  async function look(): Promise<void> {
    const ids = Object.keys(policy().customers).toSorted();
    const named = ids.join(' ');
    if (named === checked) return;
    const unknown = ids.length === 0 ? [] : await findUnknown(ids);
    if (unknown === undefined) return;
    checked = named;
    if (unknown.length === 0) return;
    log({ level: 'warn', event: 'policy-customers-unknown', customers: unknown.join(' ') });
    raiseAlarm({ kind: 'policy-customers-unknown', customers: unknown });
  }

  function begin(): void {
    looking = look()
      .catch((failure: unknown) => {
        log({ level: 'error', event: 'policy-customers-not-checked', ...describeErrorForLog(failure) });
      })
      .finally(() => {
        if (!isStopped) cancel = clock.after(processTunables.policyCustomersPollMilliseconds, begin);
      });
  }

  return {
    start: begin,
    async stop() {
      isStopped = true;
      cancel();
      await looking;
    },
  };
}
