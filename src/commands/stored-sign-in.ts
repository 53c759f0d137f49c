import type { Platform } from '../app/index.ts';
import type { ProductionSettings } from '../config/index.ts';
import { buildIndexedQuery, createPartner, PartnerError } from '../partner-center/index.ts';
import {
  type NewCredentials,
  renewCredentials,
  SignInError,
  type StoredCredentials,
  storedCredentials,
} from '../sign-in/index.ts';
import { createSealer, openStore, type Store } from '../store/index.ts';
import { type FailureText, newSignInFailures, partnerCenterFailures, signInFailures } from '../texts/index.ts';

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

/**
 * Checks a new sign-in before it is kept. It has to be the right account's and made with MFA. Partner Center, asked with
 * `ValidateMfa`, has to show it a customer. Returns the first problem, or undefined where the sign-in is good.
 */
export async function checkNewSignIn(
  { credentials, mfa, mismatch }: NewCredentials,
  partnerCenterUrl: string,
  { fetch, clock, random }: Pick<Platform, 'fetch' | 'clock' | 'random'>,
): Promise<FailureText | undefined> {
  if (mismatch !== undefined) return newSignInFailures.mismatch[mismatch];
  if (mfa !== 'yes') return newSignInFailures.mfa[mfa];
  const partner = createPartner({
    credentials: { getToken: () => Promise.resolve(credentials.accessToken) },
    baseUrl: partnerCenterUrl,
    applicationName: 'Locksmith',
    validateMfa: true,
    fetch,
    clock,
    random: random.fraction,
    newId: random.guid,
  });
  try {
    const customers = partner.customers.query(buildIndexedQuery({ size: 1 }));
    const { done } = await customers[Symbol.asyncIterator]().next();
    if (done !== true) return undefined;
    const { problem, advice } = newSignInFailures.noCustomer;
    return { problem: `Partner Center ${problem}.`, advice };
  } catch (failure) {
    if (!(failure instanceof PartnerError)) throw failure;
    const { problem, advice } = partnerCenterFailures[failure.code];
    const id = failure.correlationId === undefined ? '' : ` (correlation id ${failure.correlationId})`;
    return { problem: `Partner Center does not answer this account: ${problem}${id}`, advice };
  }
}

/** Explains why there is no sign-in, for the person who runs the command, with Entra's own number: it is in Entra's documents. */
export function explainSignInFailure({ code, entraCode }: SignInError): FailureText {
  const { problem, advice } = signInFailures[code].administrator;
  return { problem: entraCode === undefined ? problem : `${problem} (AADSTS${entraCode})`, advice };
}
