import { inspect } from 'node:util';

import { describe, expect, it } from '@jest/globals';
import { AuthenticationConstants } from 'botframework-connector';

import { Secret } from '../../src/secret.ts';
import { botFrameworkEndpoints } from '../../src/teams/bot-framework-endpoints.ts';
import { createBotAuthentication, type BotIdentity } from '../../src/teams/create-bot-authentication.ts';

const identity: BotIdentity = {
  kind: 'single-tenant',
  appId: 'a0000000-0000-4000-8000-000000000001',
  tenantId: '11111111-2222-4333-8444-555555555555',
  password: new Secret('CANARY-app-password'),
};

describe('the endpoints of the Bot Framework', () => {
  it('are those that the SDK has for the public cloud', () => {
    expect(botFrameworkEndpoints).toMatchObject({
      openIdMetadataUrl: AuthenticationConstants.ToBotFromChannelOpenIdMetadataUrl,
      tokenIssuer: AuthenticationConstants.ToBotFromChannelTokenIssuer,
      emulatorOpenIdMetadataUrl: AuthenticationConstants.ToBotFromEmulatorOpenIdMetadataUrl,
      loginUrl: AuthenticationConstants.ToChannelFromBotLoginUrl,
      oauthScope: AuthenticationConstants.ToChannelFromBotOAuthScope,
      oauthUrl: AuthenticationConstants.OAuthUrl,
    });
  });

  it('reach the SDK all together, and none of them is left out', () => {
    const changed = Object.fromEntries(
      Object.keys(botFrameworkEndpoints).map((name) => [name, `https://${name.toLowerCase()}.example`]),
    );
    const seen = inspect(createBotAuthentication(identity, { ...botFrameworkEndpoints, ...changed }), { depth: 3 });
    for (const value of Object.values(changed)) expect(seen).toContain(value);
  });
});

describe('the password of the app', () => {
  it('is out of sight in the identity', () => {
    expect(inspect(identity, { depth: Infinity })).not.toContain('CANARY');
  });
});
