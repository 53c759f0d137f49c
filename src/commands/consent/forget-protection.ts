import type { Writable } from 'node:stream';
import type { Platform } from '../../app/index.ts';
import { asId, type CustomerId } from '../../base/index.ts';
import { type Environment, readAuditSettings } from '../../config/index.ts';
import { protectingFacts } from '../../reset/index.ts';
import { openStore, StoreError } from '../../store/index.ts';
import { protectingFactNames } from '../../texts/index.ts';

/**
 * Ends what Microsoft Graph's word protects at one customer, beside a running bot or none, and writes it into the trail. Says what is
 * not protected any more. Returns the exit status: 0 where nothing is kept any more, 1 where that failed, 2 where nothing was tried.
 */
export async function forgetProtection({
  tenantId,
  environment,
  platform: { clock },
  output,
  errors,
}: {
  readonly tenantId: string;
  readonly environment: Environment;
  readonly platform: Pick<Platform, 'clock'>;
  readonly output: Writable;
  readonly errors: Writable;
}): Promise<number> {
  const read = readAuditSettings(environment);
  const problems = read.kind === 'problems' ? read.problems : [];
  const { databaseUrl: url, auditKey } = read.kind === 'problems' ? {} : read.settings;
  if (url === undefined || auditKey === undefined) {
    const all = problems.length > 0 ? problems : ['AUDIT_KEY is not set: it writes the audit trail'];
    errors.write(`Nothing was changed:\n${all.map((problem) => `  - ${problem}\n`).join('')}`);
    return 2;
  }
  try {
    // A reader makes no file where there is none.
    await (await openStore({ url, clock, instance: 'consent', role: 'reader' })).close();
    const store = await openStore({ url, clock, instance: 'consent', auditKey, role: 'consent' });
    try {
      const facts = await store.readableFacts.forget(asId<CustomerId>(tenantId), clock.now());
      output.write(
        facts.length === 0
          ? `Microsoft Graph has told nothing at ${tenantId} that protects accounts. Nothing was changed.\n`
          : describeForgotten(
              tenantId,
              protectingFacts.filter((fact) => facts.includes(fact)).map((fact) => protectingFactNames[fact]),
            ),
      );
      return 0;
    } finally {
      await store.close();
    }
  } catch (failure) {
    if (!(failure instanceof StoreError)) throw failure;
    errors.write(`${failure.message}\nCheck DATABASE_URL and AUDIT_KEY. (${failure.code})\nNothing was changed.\n`);
    return 1;
  }
}

function describeForgotten(tenantId: string, facts: readonly string[]): string {
  return [
    `At ${tenantId} no reset is refused any more because Microsoft Graph does not tell:`,
    ...facts.map((fact) => `  - ${fact}`),
    'Where it does not tell that, such a person is reset as an ordinary one, without a second person.',
    'What Graph tells there again counts again. The audit trail has this (protection-forgotten).',
    '',
  ].join('\n');
}
