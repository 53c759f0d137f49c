import { checkChain } from '../../src/audit/check-chain.ts';
import { readHeads } from '../../src/audit/read-heads.ts';
import { sayFault } from '../../src/audit/say-fault.ts';
import { Secret } from '../../src/secret.ts';
import type { AuditHead } from '../../src/store/audit-head.ts';
import { createAuditChain } from '../../src/store/create-audit-chain.ts';
import { openTrail, type Trail } from '../../src/store/open-trail.ts';
import { auditKey } from '../support/audit-key.ts';

export type TrailCheck = {
  /** Checks what was written since the last time, or with `anew` everything, against the heads in these lines; says what is wrong. */
  check(printed: readonly string[], how?: 'anew'): Promise<readonly string[]>;
  /** How many records were found to be whole. */
  rows(): number;
  close(): Promise<void>;
};

/** Checks the trail of a store while bots write to it, as `npm run audit -- verify` does. */
export function createTrailCheck(databaseUrl: string): TrailCheck {
  const chain = createAuditChain(auditKey);
  let trail: Trail | undefined;
  let since: AuditHead | undefined;
  return {
    async check(lines, how) {
      trail ??= await openTrail(new Secret(databaseUrl));
      const printed = lines.flatMap((line) => readHeads(line).heads);
      const answer = await checkChain({
        trail,
        chain,
        printed,
        ...(how !== 'anew' && since !== undefined && { since }),
      });
      if (answer.kind === 'broken') return [`the audit trail: ${sayFault(answer.fault)}`];
      since = answer.head;
      return [];
    },
    rows: () => since?.number ?? 0,
    close: async () => trail?.close(),
  };
}
