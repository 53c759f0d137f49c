import type { Platform } from '../app/index.ts';
import type { ProductionSettings } from '../config/index.ts';
import { renewCredentials, SignInError, storedCredentials, type StoredCredentials } from '../sign-in/index.ts';
import { createSealer, openStore, type Store } from '../store/index.ts';

/**
 * Reads the stored sign-in as a command does, beside a running bot, and renews it. The new token is not kept, so the lease
 * of the bot is not needed, and the stored refresh token stays valid. Rejects with a `SignInError` or a `StoreError`.
 */
export async function renewStoredSignIn(
  {
    databaseUrl,
    sealingKeys,
    partnerCenterApp: app,
  }: Pick<ProductionSettings, 'databaseUrl' | 'sealingKeys' | 'partnerCenterApp'>,
  { fetch, clock, random, signIn }: Pick<Platform, 'fetch' | 'clock' | 'random' | 'signIn'>,
): Promise<StoredCredentials> {
  let store: Store | undefined;
  try {
    store = await openStore({ url: databaseUrl, clock, instance: 'command', role: 'reader' });
    const row = await store.tokens.read();
    if (row === undefined) throw new SignInError('consent_missing');
    const opened = storedCredentials.open(createSealer(sealingKeys, random.bytes), app, row.sealed);
    if (opened.kind !== 'opened') {
      throw new SignInError(opened.kind === 'key-missing' ? 'key_missing' : 'cache_unreadable');
    }
    return await renewCredentials({ app, authority: signIn.authority, fetch, clock }, opened.credentials);
  } finally {
    await store?.close();
  }
}
