import { z } from 'zod';
import { asId, type CustomerId, type ObjectId, storeTunables } from '../base/index.ts';
import type { PastFreeze } from '../reset/index.ts';
import type { Database } from './database/database.ts';

const about = z.object({ actor: z.object({ id: z.string().transform(asId<ObjectId>), name: z.string() }) });
const facts = z.object({
  customer: z.string().nullable(),
  // Records of a thaw of an older version have none.
  domain: z.string().nullable().optional(),
});

/** Reads from the trail what was frozen and thawed, the latest first. Whether the trail is as it was written, `audit -- verify` tells. */
export async function readPastFreezes({ db }: Pick<Database, 'db'>): Promise<readonly PastFreeze[]> {
  const rows = await db
    .selectFrom('audit_records')
    .select(['at', 'kind', 'about', 'facts'])
    .where('row_key', '>=', 'freezes/')
    .where('row_key', '<', 'freezes0')
    .where('kind', 'in', ['frozen', 'thawed'])
    .orderBy('number', 'desc')
    .limit(storeTunables.maxSearchedFreezes)
    .execute();
  return rows.flatMap((row) => readPastFreeze(row) ?? []);
}

function readPastFreeze(row: {
  readonly at: unknown;
  readonly kind: string;
  readonly about: unknown;
  readonly facts: unknown;
}): PastFreeze | undefined {
  const kind = row.kind === 'thawed' ? 'thawed' : 'frozen';
  const [said, of, at] = [about.safeParse(readJson(row.about)), facts.safeParse(readJson(row.facts)), Number(row.at)];
  if (!said.success || !of.success || !Number.isSafeInteger(at)) return undefined;
  const { customer, domain } = of.data;
  const { id: objectId, name } = said.data.actor;
  return {
    kind,
    customer: customer === null ? undefined : { id: asId<CustomerId>(customer), domain: domain ?? '' },
    by: { objectId, name },
    at,
  };
}

function readJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text));
  } catch {
    return undefined;
  }
}
