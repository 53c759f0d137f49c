import { describe, expect, it } from '@jest/globals';
import { systemClock } from '../../src/base/clock.ts';
import { createEntraNetwork } from '../../src/sign-in/msal-client.ts';
import { openSignInWorld } from './sign-in-world.ts';

describe('the authority that tokens come from', () => {
  it('is asked for its metadata where msal does not know it, and nobody else is asked about it', async () => {
    const world = await openSignInWorld({ authority: 'https://sign-in.example' });
    await world.consent();
    await world.signIn().credentials.getToken({ fresh: true });
    const metadata = 'GET /11111111-1111-4111-8111-111111111111/v2.0/.well-known/openid-configuration';
    expect(new Set(world.provider.lookedUp)).toEqual(
      new Set([metadata, 'GET /11111111-1111-4111-8111-111111111111/oauth2/v2.0/authorize']),
    );
    expect(world.provider.asked.map(({ grant }) => grant)).toEqual(['authorization_code', 'refresh_token']);
    await world.close();
  });

  it.each([
    'https://login.microsoftonline.com.evil.example/token',
    'http://login.microsoftonline.com/token',
    'https://graph.microsoft.com/',
  ])('is the only one: %s gets nothing', async (url) => {
    let calls = 0;
    const { network } = createEntraNetwork({
      origin: 'https://login.microsoftonline.com',
      fetch: () => {
        calls += 1;
        return Promise.resolve(new Response('{}'));
      },
      clock: systemClock,
      signal: new AbortController().signal,
    });
    await expect(network.sendPostRequestAsync(url, { body: 'CANARY' })).rejects.toThrow('another host');
    expect(calls).toBe(0);
  });
});
