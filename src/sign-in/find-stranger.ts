import type { AuthenticationResult } from '@azure/msal-node';
import { z } from 'zod';
import type { EntraApp } from './entra-app.ts';

/** Why tokens are not what Locksmith may work with. */
export type Stranger = 'another-tenant' | 'guest' | 'another-application' | 'another-resource';

const idClaims = z.object({ tid: z.string(), aud: z.string() });
const accessClaims = z.object({ aud: z.string() });
/** Partner Center by its address, and by its application id. */
const partnerCenter = ['https://api.partnercenter.microsoft.com', 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd'];

/**
 * Holds what msal brought against the application: its tenant, an account at home there, an ID token for the application,
 * and an access token, where it can be read, for Partner Center. Undefined: all of that is so.
 * https://learn.microsoft.com/entra/identity-platform/id-token-claims-reference
 */
export function findStranger(
  { tenantId, clientId }: EntraApp,
  { idTokenClaims, account, accessToken }: Pick<AuthenticationResult, 'idTokenClaims' | 'account' | 'accessToken'>,
): Stranger | undefined {
  const said = idClaims.safeParse(idTokenClaims);
  if (!said.success || !isSame(said.data.tid, tenantId)) return 'another-tenant';
  if (!isSame(said.data.aud, clientId)) return 'another-application';
  const home = account?.homeAccountId.split('.').at(-1) ?? '';
  if (!isSame(home, tenantId)) return 'guest';
  const resource = accessClaims.safeParse(readPayload(accessToken));
  if (resource.success && !partnerCenter.some((one) => isSame(one, resource.data.aud.replace(/\/$/, '')))) {
    return 'another-resource';
  }
  return undefined;
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function readPayload(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
