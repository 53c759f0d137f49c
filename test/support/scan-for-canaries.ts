import type { Secret } from '../../src/base/secret.ts';
import { runCommand } from '../commands/audit/audit-house.ts';
import { type Canary, findCanaries } from './find-canaries.ts';
import { gatherSinks, type Traces } from './gather-sinks.ts';

/**
 * Looks through everything that a bot has left behind, once it is stopped: throws an error that names every place where
 * one of the canaries lies in any form, or where the audit trail is not whole by its key and the heads in the log.
 */
export async function scanForCanaries(
  canaries: readonly Canary[],
  traces: Omit<Traces, 'exported'>,
  {
    delivery,
    databaseUrl,
    auditKey,
  }: {
    readonly delivery: 'message' | 'reveal';
    readonly databaseUrl: Secret;
    readonly auditKey: Secret;
  },
): Promise<void> {
  const environment = {
    DATABASE_URL: databaseUrl.reveal((url) => url),
    AUDIT_KEY: auditKey.reveal((key) => key),
  };
  const exported = await runCommand(['export'], environment);
  const printed = traces.log.some((line) => line.includes('"audit-head"')) ? ['--heads', '-'] : [];
  const verified = await runCommand(['verify', ...printed], environment, traces.log.join(''));
  const broken = [exported, verified].filter(({ status }) => status !== 0);
  const wrong = [
    ...broken.map(({ output, errors }) => `the audit trail: ${errors}${output.slice(0, 500)}`),
    ...findCanaries(canaries, gatherSinks({ ...traces, exported: exported.output }, delivery)),
  ];
  if (wrong.length > 0) throw new Error(`After the test:\n${[...new Set(wrong)].join('\n')}`);
}
