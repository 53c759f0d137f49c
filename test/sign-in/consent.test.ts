import { describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { findIdentityMismatch } from '../../src/sign-in/consent.ts';

const [home, other, client] = ['11111111-1111-4111-8111-11111111111a', '33333333-3333-4333-8333-333333333333', 'c1'];
const app = { tenantId: home, clientId: client, credential: { kind: 'secret', secret: new Secret('CANARY') } } as const;
const partnerCenter = 'https://api.partnercenter.microsoft.com';

describe('a new sign-in', () => {
  type Given = Partial<Record<'tid' | 'aud' | 'utid' | 'resource' | 'token', string | undefined>>;
  it.each<[string | undefined, Given]>([
    [undefined, {}],
    [undefined, { tid: home.toUpperCase() }],
    [undefined, { resource: 'fa3d9a0c-3fb0-42cc-9193-47c7ecd2edbd' }],
    [undefined, { token: 'opaque' }],
    ['another-tenant', { tid: other }],
    ['another-tenant', { tid: undefined }],
    ['another-application', { aud: other }],
    ['guest', { utid: other }],
    ['another-resource', { resource: 'https://graph.microsoft.com' }],
  ])('is taken for %s where it holds %j', (stranger, given) => {
    const { tid, aud, utid, resource, token } = {
      tid: home,
      aud: client,
      utid: home,
      resource: partnerCenter,
      ...given,
    };
    const payload = Buffer.from(JSON.stringify({ aud: resource })).toString('base64url');
    const account = { homeAccountId: `uid.${utid}`, environment: '', tenantId: home, username: '', localAccountId: '' };
    const result = { idTokenClaims: { tid, aud }, account, accessToken: token ?? `h.${payload}.s` };
    expect(findIdentityMismatch(app, result)).toBe(stranger);
  });
});
