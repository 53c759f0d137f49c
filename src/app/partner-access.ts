import type { Log } from '../base/index.ts';
import type { EntraApp } from '../config/index.ts';
import { createTenantDiscovery, type TenantOfDomain } from '../directory/index.ts';
import type { PartnerCredentials } from '../partner-center/index.ts';
import type { Groups, RaiseAlarm, Sealer, TokenStore } from '../reset/index.ts';
import { createGraphGroups, createSignIn, type SignIn } from '../sign-in/index.ts';
import type { Platform } from './platform.ts';

/** How Partner Center is reached, and who is in which group: by what is given, or by the sign-in kept in the store. */
export type PartnerAccessSettings =
  | { readonly kind: 'given'; readonly credentials: PartnerCredentials; readonly groups: Groups }
  | { readonly kind: 'sign-in'; readonly app: EntraApp };

type PartnerAccess = Pick<SignIn, 'credentials' | 'reportOutcome' | 'expiresAt' | 'start' | 'stop'> & {
  readonly groups: Groups;
  /** Undefined where no sign-in can end. */
  readonly state: SignIn['state'] | undefined;
  /** Undefined where nobody outside is asked. */
  readonly tenantOfDomain: TenantOfDomain | undefined;
};

const tenantDiscoveryTimeoutMilliseconds = 5000;

/** Builds the way to Partner Center and Microsoft Graph over what the app has opened. */
export function createPartnerAccess(
  settings: PartnerAccessSettings,
  {
    outside: {
      fetch,
      clock,
      signIn: { authority, graph },
    },
    ...over
  }: {
    readonly outside: Platform;
    readonly tokens: TokenStore;
    readonly sealer: Sealer;
    readonly instance: string;
    readonly log: Log;
    readonly raiseAlarm: RaiseAlarm;
  },
): PartnerAccess {
  switch (settings.kind) {
    case 'given': {
      const { credentials, groups } = settings;
      return {
        credentials,
        groups,
        state: undefined,
        tenantOfDomain: undefined,
        reportOutcome: () => undefined,
        expiresAt: () => undefined,
        start: () => undefined,
        stop: () => undefined,
      };
    }
    case 'sign-in': {
      const signIn = createSignIn({ app: settings.app, authority, graph, fetch, clock, ...over });
      const groups = createGraphGroups({ getToken: signIn.getGraphToken, baseUrl: graph, fetch, clock, log: over.log });
      const timeout = (): AbortSignal => AbortSignal.timeout(tenantDiscoveryTimeoutMilliseconds);
      return { ...signIn, groups, tenantOfDomain: createTenantDiscovery({ fetch, timeout }) };
    }
  }
}
