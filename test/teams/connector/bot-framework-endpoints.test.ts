import { describe, expect, it } from '@jest/globals';
import { parseServiceUrl } from '../../../src/teams/connector/bot-framework-endpoints.ts';

describe('the address of the connector', () => {
  it.each([
    'https://smba.trafficmanager.net/emea/',
    'https://smba.trafficmanager.net/amer/11111111-2222-4333-8444-555555555555/',
    'https://SMBA.trafficmanager.net:443/teams',
    'https://smba.infra.gcc.teams.microsoft.com/gcc/',
    'https://smba.infra.gov.teams.microsoft.us/gov/',
    'https://smba.infra.dod.teams.microsoft.us/dod/',
  ])('allows %s', (address) => {
    expect(parseServiceUrl(address, { loopback: false })).toEqual({ kind: 'allowed', url: new URL(address).href });
  });

  it.each([
    '',
    'smba.trafficmanager.net/emea/',
    'http://smba.trafficmanager.net/emea/',
    'https://evil.trafficmanager.net/',
    'https://smba.trafficmanager.net.evil.example/',
    'https://smba.trafficmanager.net./',
    'https://evil.example/smba.trafficmanager.net',
    'https://smba.trafficmanager.net@evil.example/',
    'https://user:CANARY@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net:8443/',
    'https://evil.example\\@smba.trafficmanager.net/',
    'https://smba.trafficmanager.net/?to=evil.example',
    'https://smba.trafficmanager.net/#a',
    'https://smba.trafficmanager.net/?',
    'https://smba.trafficm\tanager.net/',
    ' https://smba.trafficmanager.net/',
    'https://smba.trafficmanager.net/\n',
    'https://smba。trafficmanager.net/',
    'https://ѕmba.trafficmanager.net/',
    'javascript:https://smba.trafficmanager.net/',
    'file://smba.trafficmanager.net/etc',
    'http://127.0.0.1:3978/',
    'https://localhost/',
    `https://smba.trafficmanager.net/${'a'.repeat(2000)}`,
  ])('refuses %j', (address) => {
    expect(parseServiceUrl(address, { loopback: false }).kind).toBe('refused');
  });

  it.each(['http://127.0.0.1:56150/_connector', 'http://localhost:56150/', 'http://[::1]:1/', 'https://localhost/'])(
    'allows %s in the sandbox',
    (address) => {
      expect(parseServiceUrl(address, { loopback: true }).kind).toBe('allowed');
    },
  );

  it.each([
    'https://smba.trafficmanager.net/emea/',
    'http://192.168.0.1/',
    'http://localhost.evil.example/',
    'ftp://localhost/',
  ])('refuses %s in the sandbox', (address) => {
    expect(parseServiceUrl(address, { loopback: true }).kind).toBe('refused');
  });
});
