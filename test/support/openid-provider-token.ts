import { createHash, randomBytes, randomUUID, sign, verify, X509Certificate, constants } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { ProviderState } from './openid-provider-state.ts';

type TokenAnswer = { readonly status: number; readonly body: Readonly<Record<string, unknown>> };

const partnerCenter = 'https://api.partnercenter.microsoft.com';

/**
 * `POST …/token`: the three grants that Locksmith uses. A used refresh token stays good, as Entra's do.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export function answerToken(
  state: ProviderState,
  headers: IncomingHttpHeaders,
  body: string,
  tenant: string,
): TokenAnswer {
  const form = new URLSearchParams(body);
  const value = (name: string): string => form.get(name) ?? '';
  const sent = ['client_secret', 'client_assertion', 'code_verifier'].map(value).filter((text) => text !== '');
  state.issued.push(...sent);
  const [grant, scope] = [value('grant_type'), value('scope')];
  const number = state.refreshTokens.indexOf(value('refresh_token')) + 1;
  const at = tenant === state.app.tenantId.toLowerCase() ? {} : { tenant };
  const client = form.has('client_assertion') ? 'assertion' : 'secret';
  state.asked.push({ grant, scope, client, refreshToken: number === 0 ? undefined : number, ...at });
  if (!(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
    return refuse('invalid_request', 900_144);
  }
  if (value('client_id') !== state.app.clientId) return refuse('unauthorized_client', 700_016);
  const clientProblem = findClientProblem(state, form, tenant);
  if (clientProblem !== undefined) return clientProblem;
  if (tenant !== state.app.tenantId.toLowerCase() && grant !== 'refresh_token') return refuse('invalid_grant', 50_020);
  switch (grant) {
    case 'authorization_code': {
      const code = state.codes.get(value('code'));
      state.codes.delete(value('code'));
      if (code === undefined) return refuse('invalid_grant', 70_008);
      if (code.redirect !== value('redirect_uri')) return refuse('invalid_client', 500_112);
      const challenge = createHash('sha256').update(value('code_verifier')).digest('base64url');
      return challenge === code.challenge ? forUser(state, scope, code.nonce) : refuse('invalid_grant', 501_481);
    }
    case 'refresh_token':
      if (number === 0) return refuse('invalid_grant', 70_000);
      if (state.revoked.has(value('refresh_token'))) return refuse('invalid_grant', 50_173);
      return tenant === state.app.tenantId.toLowerCase()
        ? forUser(state, scope, undefined)
        : forCustomer(state, scope, tenant);
    case 'client_credentials':
      return scope.endsWith('/.default') ? forApplication(state, scope) : refuse('invalid_scope', 70_011);
    default:
      return refuse('unsupported_grant_type', 70_003);
  }
}

function refuse(error: string, code: number): TokenAnswer {
  const status = error === 'invalid_client' ? 401 : 400;
  return { status, body: { error, error_description: `AADSTS${code}: refused.`, error_codes: [code] } };
}

function findClientProblem(
  { app, authority }: ProviderState,
  form: URLSearchParams,
  tenant: string,
): TokenAnswer | undefined {
  if (app.secret !== undefined) {
    return form.get('client_secret') === app.secret ? undefined : refuse('invalid_client', 7_000_215);
  }
  const isJwt = form.get('client_assertion_type') === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
  const [head = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.');
  if (!isJwt || signature === '') return refuse('invalid_client', 7_000_218);
  const certificate = new X509Certificate(app.certificate ?? '');
  const header = read(head);
  const said = read(claims);
  const thumbprint = createHash('sha256').update(certificate.raw).digest('base64url');
  const chain = header['x5c'];
  const key = { key: certificate.publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
  const isGood =
    header['alg'] === 'PS256' &&
    header['x5t#S256'] === thumbprint &&
    Array.isArray(chain) &&
    chain[0] === certificate.raw.toString('base64') &&
    said['iss'] === app.clientId &&
    said['sub'] === app.clientId &&
    said['aud'] === `${authority}/${tenant}/oauth2/v2.0/token` &&
    Number(said['exp']) > Date.now() / 1000 &&
    verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'));
  return isGood ? undefined : refuse('invalid_client', 700_027);
}

function forUser(state: ProviderState, scope: string, nonce: string | undefined): TokenAnswer {
  const { app, authority, account, accessSeconds, refreshSeconds } = state;
  if (!scope.split(' ').includes(`${partnerCenter}/user_impersonation`)) return refuse('invalid_scope', 70_011);
  const refreshToken = `1.CANARY-refresh-${randomBytes(24).toString('base64url')}`;
  state.refreshTokens.push(refreshToken);
  const who = { oid: account.objectId, tid: app.tenantId, sub: account.objectId, preferred_username: account.name };
  const idToken = issue(state, {
    ...who,
    aud: app.clientId,
    iss: `${authority}/${app.tenantId}/v2.0`,
    ...(nonce !== undefined && { nonce }),
  });
  const accessToken = issue(state, { ...who, aud: partnerCenter, scp: 'user_impersonation', amr: state.amr });
  state.issued.push(refreshToken);
  const info = Buffer.from(JSON.stringify({ uid: account.objectId, utid: app.tenantId })).toString('base64url');
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      scope: `${partnerCenter}/user_impersonation`,
      expires_in: accessSeconds,
      access_token: accessToken,
      refresh_token: refreshToken,
      ...(refreshSeconds !== undefined && { refresh_token_expires_in: refreshSeconds }),
      id_token: idToken,
      client_info: info,
    },
  };
}

/** A token of the customer's own tenant for Graph, or a refusal; the person is known there by GDAP. */
function forCustomer(state: ProviderState, scope: string, tenant: string): TokenAnswer {
  const customer = state.customers.get(tenant) ?? { kind: 'refuses', error: 'invalid_grant', code: 65_001 };
  if (customer.kind === 'refuses') {
    const { error, code, suberror } = customer;
    const answer = refuse(error, code);
    return suberror === undefined ? answer : { ...answer, body: { ...answer.body, suberror } };
  }
  const scopes = (customer.kind === 'consented' ? customer.scopes : undefined) ?? ['User.Read.All'];
  const tid = customer.kind === 'answers-as' ? customer.tenantId : tenant;
  const { app, authority, account, accessSeconds } = state;
  const graph = scope.split(' ').find((one) => one.endsWith('/.default') && !one.startsWith(partnerCenter));
  if (graph === undefined) return refuse('invalid_scope', 70_011);
  const who = { oid: account.objectId, tid, sub: account.objectId, preferred_username: account.name };
  const refreshToken = `1.CANARY-refresh-${randomBytes(24).toString('base64url')}`;
  state.refreshTokens.push(refreshToken);
  state.issued.push(refreshToken);
  const idToken = issue(state, { ...who, aud: app.clientId, iss: `${authority}/${tid}/v2.0` });
  const accessToken = issue(state, { ...who, aud: graph.replace('/.default', ''), scp: scopes.join(' ') });
  state.tenantOfToken.set(accessToken, tid);
  const info = Buffer.from(JSON.stringify({ uid: account.objectId, utid: app.tenantId })).toString('base64url');
  return {
    status: 200,
    body: {
      token_type: 'Bearer',
      scope: scopes.map((one) => graph.replace('.default', one)).join(' '),
      expires_in: accessSeconds,
      access_token: accessToken,
      refresh_token: refreshToken,
      id_token: idToken,
      client_info: info,
    },
  };
}

function forApplication(state: ProviderState, scope: string): TokenAnswer {
  const aud = scope.split(' ')[0]?.replace('/.default', '');
  const access_token = issue(state, { aud, appid: state.app.clientId, roles: ['GroupMember.Read.All'] });
  return { status: 200, body: { token_type: 'Bearer', expires_in: state.accessSeconds, access_token } };
}

function issue(state: ProviderState, claims: Readonly<Record<string, unknown>>): string {
  const now = Math.floor(Date.now() / 1000);
  const times = { iat: now, nbf: now, exp: now + state.accessSeconds };
  const parts = [
    { typ: 'JWT', alg: 'ES256', kid: 'test' },
    { ver: '2.0', jti: randomUUID(), ...times, ...claims },
  ];
  const text = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const token = `${text}.${sign('sha256', Buffer.from(text), { key: state.signing, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
  state.issued.push(token);
  return token;
}

function read(part: string): Record<string, unknown> {
  const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
