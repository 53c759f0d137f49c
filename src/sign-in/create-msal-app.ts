import { ConfidentialClientApplication, type NodeAuthOptions } from '@azure/msal-node';
import type { Clock } from '../clock.ts';
import { createSignInNetwork, type SignInNetwork } from './create-sign-in-network.ts';
import type { EntraApp } from './entra-app.ts';

/** What every request to Microsoft Entra is made with. */
export type SignInMeans = {
  readonly app: EntraApp;
  /** `https://login.microsoftonline.com`. No token or secret goes anywhere else. */
  readonly authority: string;
  readonly fetch: typeof globalThis.fetch;
  readonly clock: Clock;
};

export type MsalApp = { readonly msal: ConfidentialClientApplication; readonly lifetimes: SignInNetwork['lifetimes'] };

/**
 * msal with an empty cache of its own, for one purpose: nothing that it remembers outlives it. It never writes a log,
 * and gives up when `signal` does.
 */
export function createMsalApp({ app, authority, fetch, clock }: SignInMeans, signal: AbortSignal): MsalApp {
  const { origin, host } = new URL(authority);
  const { network, lifetimes } = createSignInNetwork({ origin, fetch, clock, signal });
  const msal = new ConfidentialClientApplication({
    auth: {
      clientId: app.clientId,
      authority: `${origin}/${app.tenantId}`,
      // Without this msal asks Microsoft's global address whether it may trust the authority it was given.
      knownAuthorities: [host],
      ...credentialOf(app.credential),
    },
    system: { networkClient: network, disableInternalRetries: true },
  });
  return { msal, lifetimes };
}

function credentialOf(credential: EntraApp['credential']): Pick<NodeAuthOptions, 'clientSecret' | 'clientCertificate'> {
  switch (credential.kind) {
    case 'secret':
      return credential.secret.reveal((clientSecret) => ({ clientSecret }));
    case 'certificate': {
      const { privateKey, thumbprintSha256, chain } = credential.certificate;
      return privateKey.reveal((key) => ({
        clientCertificate: { thumbprintSha256, privateKey: key, x5c: chain },
      }));
    }
  }
}
