import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type Clock, systemClock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import { systemRandom } from '../../src/base/random.ts';
import { Secret } from '../../src/base/secret.ts';
import type { EntraApp } from '../../src/config/app-registrations.ts';
import type { Alarm } from '../../src/reset/alarm.ts';
import type { TokenStore } from '../../src/reset/ports/stores.ts';
import { beginConsent } from '../../src/sign-in/consent.ts';
import { createSignIn, type SignIn } from '../../src/sign-in/sign-in.ts';
import { storedCredentials } from '../../src/sign-in/stored-credentials.ts';
import { createSealer } from '../../src/store/sealing.ts';
import { openTokenStore } from '../../src/store/token-store.ts';
import { buildSqliteHouse } from '../store/sqlite-house.ts';
import { formsOfSecret } from '../support/forms-of-secret.ts';
import { type OpenIdProvider, startOpenIdProvider } from '../support/openid-provider.ts';

/** The application that the tests sign in as. */
export const testApp = {
  tenantId: '11111111-1111-4111-8111-111111111111',
  clientId: '22222222-2222-4222-8222-222222222222',
  secret: 'CANARY-client-secret',
} as const;

/** A provider, a store and the sign-in between them; what it says is kept. */
export type SignInWorld = {
  readonly provider: OpenIdProvider;
  readonly tokens: TokenStore;
  readonly app: EntraApp;
  readonly sealer: ReturnType<typeof createSealer>;
  /** Where the database file lies. */
  readonly path: string;
  readonly alarms: readonly Alarm[];
  readonly lines: readonly string[];
  /** Another instance of the bot on the same store. */
  signIn(options?: {
    readonly instance?: string;
    readonly clock?: Clock;
    readonly tokens?: TokenStore;
    readonly sealer?: ReturnType<typeof createSealer>;
  }): SignIn;
  /** A person signs in, and what that brings is kept. */
  consent(): Promise<void>;
  close(): Promise<void>;
};

/** Opens all of it; no one has signed in yet. */
export async function openSignInWorld({
  authority,
  app = { ...testApp, credential: { kind: 'secret', secret: new Secret(testApp.secret) } },
  certificate,
}: {
  readonly authority?: string;
  readonly app?: EntraApp;
  /** What the provider knows of the application in place of a secret. */
  readonly certificate?: string;
} = {}): Promise<SignInWorld> {
  const { tenantId, clientId } = app;
  const known = certificate === undefined ? { secret: testApp.secret } : { certificate };
  const provider = await startOpenIdProvider({ tenantId, clientId, ...known }, authority);
  const house = buildSqliteHouse();
  const store = await openTokenStore(new Secret(`sqlite:${house.path}`));
  const sealer = createSealer([new Secret(randomBytes(32).toString('base64'))], randomBytes);
  const alarms: Alarm[] = [];
  const lines: string[] = [];
  const log = createLog({ write: (line) => void lines.push(line), clock: systemClock, level: 'debug' });
  const means = { app, authority: provider.authority, fetch: provider.fetch };
  return {
    provider,
    tokens: store.tokens,
    app,
    sealer,
    path: house.path,
    alarms,
    lines,
    signIn: ({ instance = 'first', clock = systemClock, tokens = store.tokens, ...given } = {}) =>
      createSignIn({
        ...means,
        graph: 'https://graph.microsoft.com',
        clock,
        tokens,
        sealer: given.sealer ?? sealer,
        instance,
        log,
        raiseAlarm: (alarm) => void alarms.push(alarm),
      }),
    async consent() {
      const consent = await beginConsent({ ...means, clock: systemClock }, 'http://localhost:8400/', systemRandom);
      const back = new URL(await provider.browse(consent.address));
      const { credentials } = await consent.finish(new Secret(back.searchParams.get('code') ?? ''));
      await store.tokens.put(storedCredentials.seal(sealer, app, credentials));
    },
    async close() {
      await store.close();
      await house.remove();
      await provider.close();
    },
  };
}

/** Which of these secrets stand, in any form, in a database file or in what lies beside it; only their beginnings are told. */
export function findPlain(path: string, secrets: readonly string[]): readonly string[] {
  const folder = dirname(path);
  const files = readdirSync(folder).filter((name) => name.startsWith(basename(path)));
  const text = files.map((name) => readFileSync(join(folder, name), 'latin1')).join('\n');
  return secrets
    .filter((secret) => formsOfSecret(secret).some((form) => text.includes(form)))
    .map((one) => one.slice(0, 12));
}
