import { formatFault } from '../../src/audit/verification-report.ts';
import { readHeadsInLine } from '../../src/audit/printed-heads.ts';
import { verifyChain } from '../../src/audit/verify-chain.ts';
import { Secret } from '../../src/base/secret.ts';
import { createAuditChain } from '../../src/store/audit-trail/audit-chain.ts';
import type { AuditHead } from '../../src/store/audit-trail/chain-head.ts';
import { openTrail, type Trail } from '../../src/store/audit-trail/open-trail.ts';
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
      const printed = lines.flatMap((line) => readHeadsInLine(line).heads);
      const answer = await verifyChain({
        trail,
        chain,
        printed,
        ...(how !== 'anew' && since !== undefined && { since }),
      });
      if (answer.kind === 'broken') return [`the audit trail: ${formatFault(answer.fault)}`];
      since = answer.head;
      return [];
    },
    rows: () => since?.number ?? 0,
    close: async () => trail?.close(),
  };
}
