import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import type { Alarm } from '../../src/reset/alarm.ts';
import type { SignIn } from '../../src/sign-in/sign-in.ts';
import type { StoredCredentials } from '../../src/sign-in/stored-credentials.ts';
import { createTokenKeepAlive } from '../../src/sign-in/token-keep-alive.ts';
import { createHandClock, type HandClock } from '../support/hand-clock.ts';
import { openSignInWorld, type SignInWorld } from './sign-in-world.ts';

const day = 24 * 3600_000;

describe('keeping the sign-in alive', () => {
  let world: SignInWorld;
  let clock: HandClock;
  let signIn: SignIn;

  beforeEach(async () => {
    world = await openSignInWorld();
    clock = createHandClock(Date.now());
    signIn = world.signIn({ clock });
  });

  afterEach(async () => {
    signIn.stop();
    await world.close();
  });

  it('renews it once a day where nobody asks for a token', async () => {
    await world.consent();
    signIn.start();
    const pass = async (milliseconds: number) => {
      clock.advance(milliseconds);
      // The looks that fell due read the store, which is done when the next turn of the loop has come.
      await new Promise<void>((resolve) => setImmediate(resolve));
    };
    await pass(0);
    await pass(day - 60_000);
    expect(world.provider.arrivals).toBe(1);
    await pass(5 * 60_000);
    await pass(5 * 60_000);
    await world.provider.arrived(2);
    await signIn.credentials.getToken();
    expect(world.provider.asked.at(-1)).toMatchObject({ refreshToken: 1 });
  });

  it('renews it when half of what Entra gave it is over, where that is less than a day', async () => {
    world.provider.giveFor({ refresh: day / 1000 });
    await world.consent();
    signIn.start();
    clock.advance(day / 2 - 6 * 60_000);
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(world.provider.arrivals).toBe(1);
    clock.advance(12 * 60_000);
    await world.provider.arrived(2);
    await signIn.credentials.getToken();
    expect(world.provider.asked.map(({ refreshToken }) => refreshToken)).toEqual([undefined, 1]);
  });

  it('raises the alarm at the start where nobody has signed in', async () => {
    signIn.start();
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(world.alarms).toEqual([{ kind: 'sign-in-paused', cause: 'consent_missing' }]);
  });
});

describe('warning of what ends', () => {
  const start = 1_700_000_000_000;
  const stored: StoredCredentials = {
    accessToken: new Secret('CANARY-access'),
    accessEndsAt: start,
    cache: new Secret('CANARY-cache'),
    account: 'locksmith@partner.example',
    consentedAt: start,
    renewedAt: start,
    refreshEndsAt: undefined,
  };
  const credential = { kind: 'secret', secret: new Secret('CANARY') } as const;
  const keepAliveOf = (given: Partial<StoredCredentials>, certificateEndsAt?: number) => {
    const clock = createHandClock(start);
    const alarms: Alarm[] = [];
    const certificate = { privateKey: new Secret('CANARY'), thumbprintSha256: '', chain: '' };
    const keepAlive = createTokenKeepAlive({
      app: {
        tenantId: '',
        clientId: '',
        credential:
          certificateEndsAt === undefined
            ? credential
            : { kind: 'certificate', certificate: { ...certificate, endsAt: certificateEndsAt } },
      },
      clock,
      keepAlive: () => Promise.reject(new Error('Entra does not answer')),
      readStored: () => Promise.resolve({ ...stored, ...given }),
      raiseAlarm: (alarm) => void alarms.push(alarm),
    });
    return { alarms, pass: async (days: number) => (clock.advance(days * day), keepAlive.checkNow()) };
  };

  it('begins fourteen days before a refresh token has lain unused for ninety, and is said again at seven, three and one', async () => {
    const { alarms, pass } = keepAliveOf({});
    await pass(75.9);
    expect(alarms).toEqual([]);
    await pass(0.1);
    const ending = { kind: 'sign-in-ending', what: 'refresh-token', endsAt: start + 90 * day };
    expect(alarms).toEqual([ending]);
    for (let days = 76; days < 95; days += 0.25) await pass(0.25);
    expect(alarms).toHaveLength(4);
  });

  it('goes by the end that Entra has said, where it has', async () => {
    const { alarms, pass } = keepAliveOf({ refreshEndsAt: start + 20 * day });
    await pass(5);
    expect(alarms).toEqual([]);
    await pass(1);
    expect(alarms).toEqual([{ kind: 'sign-in-ending', what: 'refresh-token', endsAt: start + 20 * day }]);
  });

  it('knows the end of a certificate too', async () => {
    const { alarms, pass } = keepAliveOf({}, start + 8 * day);
    await pass(0);
    await pass(0.5);
    await pass(1);
    expect(alarms.map(({ kind }) => kind)).toEqual(['sign-in-ending', 'sign-in-ending']);
    expect(alarms[0]).toMatchObject({ what: 'certificate', endsAt: start + 8 * day });
  });
});
