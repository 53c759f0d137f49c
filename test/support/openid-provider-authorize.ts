import { randomBytes } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { ProviderState } from './openid-provider-state.ts';

const wanted = ['openid', 'profile', 'offline_access', 'https://api.partnercenter.microsoft.com/user_impersonation'];

/**
 * `GET …/authorize`: a person who signs in at once and consents, or declines where the address says `person=declines`.
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow
 */
export function answerAuthorize(state: ProviderState, asked: URLSearchParams, response: ServerResponse): void {
  const value = (name: string): string => asked.get(name) ?? '';
  const redirect = value('redirect_uri');
  const problem = findProblem(state, asked, redirect);
  if (problem !== undefined) {
    response.writeHead(400, { 'Content-Type': 'text/plain' });
    response.end(problem);
    return;
  }
  const back = new URL(redirect);
  back.searchParams.set('state', value('state'));
  if (value('person') === 'declines') {
    back.searchParams.set('error', 'access_denied');
    back.searchParams.set('error_description', 'AADSTS65004: the person declined.');
  } else {
    const code = `0.CANARY-code-${randomBytes(16).toString('hex')}`;
    state.issued.push(code);
    state.codes.set(code, { challenge: value('code_challenge'), redirect, nonce: value('nonce') });
    back.searchParams.set('code', code);
  }
  response.writeHead(302, { Location: back.href });
  response.end();
}

function findProblem(state: ProviderState, asked: URLSearchParams, redirect: string): string | undefined {
  if (asked.get('client_id') !== state.app.clientId) return 'AADSTS700016: no such application';
  if (asked.get('response_type') !== 'code') return 'AADSTS900144: response_type';
  if (asked.get('response_mode') !== 'query') return 'AADSTS900144: response_mode';
  // Entra takes any port of localhost, and nothing else over plain HTTP.
  if (!/^http:\/\/localhost(?::\d+)?\/?[\w/-]*$/.test(redirect)) return 'AADSTS50011: redirect_uri';
  if (asked.get('code_challenge_method') !== 'S256' || (asked.get('code_challenge') ?? '').length !== 43) {
    return 'AADSTS50148: code_challenge';
  }
  const scopes = new Set((asked.get('scope') ?? '').split(' '));
  if (!wanted.every((scope) => scopes.has(scope))) return 'AADSTS70011: scope';
  return (asked.get('state') ?? '').length < 16 || (asked.get('nonce') ?? '').length < 16
    ? 'state and nonce have to be there'
    : undefined;
}
