import type { TokenStore } from '../reset/ports/sealing.ts';
import type { Database } from './database.ts';
import { reportFailure } from './report-failure.ts';

/** There is one sign-in to Partner Center. */
const name = 'partner-center';

/** The sealed sign-in in a database. Each step is one statement, so it stands in nobody's line. */
export function createTokenStore({ db, afterErasing }: Pick<Database, 'db' | 'afterErasing'>): TokenStore {
  return {
    read: () =>
      reportFailure(async () => {
        const row = await db.selectFrom('token_cache').selectAll().where('name', '=', name).executeTakeFirst();
        if (row === undefined) return undefined;
        const { version, sealed_key_id: keyId, sealed_nonce: nonce, sealed_ciphertext: ciphertext } = row;
        return { version, sealed: { keyId, nonce, ciphertext } };
      }),

    lease: (version, { owner, now, until }) =>
      reportFailure(async () => {
        const { numUpdatedRows } = await db
          .updateTable('token_cache')
          .set({ lease_owner: owner, lease_until: until })
          .where('name', '=', name)
          .where('version', '=', version)
          .where((where) => where.or([where('lease_until', 'is', null), where('lease_until', '<=', now)]))
          .executeTakeFirstOrThrow();
        return numUpdatedRows === 1n;
      }),

    release: (owner) =>
      reportFailure(async () => {
        await db
          .updateTable('token_cache')
          .set({ lease_owner: null, lease_until: null })
          .where('name', '=', name)
          .where('lease_owner', '=', owner)
          .execute();
      }),

    renew: (version, owner, sealed) =>
      reportFailure(async () => {
        const { numUpdatedRows } = await db
          .updateTable('token_cache')
          .set({ version: version + 1, ...columnsOf(sealed) })
          .where('name', '=', name)
          .where('version', '=', version)
          .where('lease_owner', '=', owner)
          .executeTakeFirstOrThrow();
        await afterErasing();
        return numUpdatedRows === 1n;
      }),

    put: (sealed) =>
      reportFailure(async () => {
        const columns = columnsOf(sealed);
        await db
          .insertInto('token_cache')
          .values({ name, version: 1, ...columns })
          .onConflict((conflict) =>
            conflict.column('name').doUpdateSet((row) => ({ ...columns, version: row('token_cache.version', '+', 1) })),
          )
          .execute();
        await afterErasing();
      }),
  };
}

function columnsOf({ keyId, nonce, ciphertext }: Parameters<TokenStore['put']>[0]) {
  return {
    sealed_key_id: keyId,
    sealed_nonce: nonce,
    sealed_ciphertext: ciphertext,
    lease_owner: null,
    lease_until: null,
  };
}
