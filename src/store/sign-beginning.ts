import type { Kysely } from 'kysely';
import { auditCheck } from './audit-check.ts';
import type { AuditChain } from './create-audit-chain.ts';
import { readTrailEnd } from './read-trail-end.ts';
import type { Schema } from './schema.ts';

/** Where a chain was begun: after the row of that number, and what the database keeps to say so. */
export type ChainBeginning = { readonly after: number; readonly check: string };

/** Writes down, under the key, that the chain begins after the last row there is: nothing before it is protected. */
export async function signBeginning(db: Kysely<Schema>, chain: AuditChain): Promise<ChainBeginning> {
  const { number: after } = await readTrailEnd(db);
  const check = chain.check(after);
  await db.insertInto('settings').values({ name: auditCheck, value: check }).execute();
  return { after, check };
}
