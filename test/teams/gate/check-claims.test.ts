import { describe, expect, it } from '@jest/globals';

import { checkClaims } from '../../../src/teams/gate/check-claims.ts';

const now = 1_700_000_000;
const serviceUrl = 'https://smba.trafficmanager.net/emea/';
const expected = { issuer: 'https://api.botframework.com', appId: 'app', serviceUrl, now: now * 1000 };
const good = {
  issuer: expected.issuer,
  audience: 'app',
  expires: now + 3600,
  notBefore: now,
  serviceUrl,
};

describe('Rule 5: what a token says', () => {
  it('holds where Bot Framework issued it for this app and it is not over', () => {
    expect(checkClaims(good, expected)).toBeUndefined();
    expect(checkClaims({ ...good, notBefore: undefined }, expected)).toBeUndefined();
  });

  it.each([
    ['another issuer', { issuer: 'https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/' }],
    ['an issuer that only begins the same', { issuer: 'https://api.botframework.com/' }],
    ['no issuer', { issuer: undefined }],
    ['another app', { audience: 'other' }],
    ['no app', { audience: undefined }],
    ['no end', { expires: undefined }],
    ['an end that is no time', { expires: Number.NaN }],
    ['a beginning that is no time', { notBefore: Number.NaN }],
    ['an end in the past', { expires: 0 }],
  ])('does not hold with %s', (_, changes) => {
    expect(checkClaims({ ...good, ...changes }, expected)).toBe('token-claims');
  });

  it.each([
    [299, undefined],
    [300, 'token-claims'],
    [301, 'token-claims'],
  ])('is over after five minutes of grace: %i seconds past its end → %s', (past, outcome) => {
    expect(checkClaims({ ...good, expires: now - past }, expected)).toBe(outcome);
  });

  it.each([
    [300, undefined],
    [301, 'token-claims'],
  ])('may begin within five minutes: in %i seconds → %s', (ahead, outcome) => {
    expect(checkClaims({ ...good, notBefore: now + ahead }, expected)).toBe(outcome);
  });
});

describe('Rule 6: the address a token names', () => {
  it.each([
    ['none', undefined],
    ['another one', 'https://smba.trafficmanager.net/amer/'],
    ['the same without its last slash', serviceUrl.slice(0, -1)],
    ['the same in other letters', serviceUrl.toUpperCase()],
  ])('is not %s', (_, other) => {
    expect(checkClaims({ ...good, serviceUrl: other }, expected)).toBe('token-address');
  });
});
