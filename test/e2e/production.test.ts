import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { findPerson } from '../../src/sandbox/partner-center/index.ts';
import { own } from '../support/own.ts';
import { type ProductionHouse, startProductionHouse } from '../support/start-production-house.ts';
import { passwordIn } from '../support/teams-person.ts';

const sentence = 'reset password for Adele Vance at Contoso Bikes';
const proof = { verification: 'In person', ticket: '' };

describe('a bot in production', () => {
  let house: ProductionHouse;
  let url: string;

  beforeEach(async () => {
    house = await startProductionHouse();
  });

  afterEach(() => house.stop());

  async function reset(): Promise<string> {
    const robin = house.person(url);
    await robin.say(sentence);
    const card = await robin.card('confirmation');
    expect((await robin.press(card, 'Reset password', proof)).status).toBe(200);
    await robin.card('outcome-reset');
    return passwordIn((await robin.card('direct-message', robin.directChat)).card) ?? '';
  }

  it('resets after the consent, behind the gate, and sends the password to the technician alone', async () => {
    ({ url } = await house.start());
    await house.consent();
    const password = await reset();
    const adele = findPerson(house.partnerCenter.data, 'adele.vance@contosobikes.onmicrosoft.com');
    expect(house.partnerCenter.passwordMatches(adele.customer.id, adele.user.id, new Secret(password))).toBe(true);
    expect(new Set(house.entra.asked.map(({ grant }) => grant))).toEqual(new Set(['authorization_code']));
    expect(house.log.join('')).not.toContain('CANARY');
    expect(house.log.join('')).not.toContain(password);
  });

  it.each([
    ['with', 'on'],
    ['without', 'off'],
  ] as const)(
    'resets %s Microsoft Graph, which is asked by a token of the customer’s own tenant alone',
    async (_, graph) => {
      await house.stop();
      house = await startProductionHouse({ graph });
      ({ url } = await house.start());
      await house.consent();
      const { customer } = findPerson(house.partnerCenter.data, 'adele.vance@contosobikes.onmicrosoft.com');
      house.entra.customer(customer.id, { kind: 'consented' });
      expect(await reset()).not.toBe('');
      const tenants = new Set(house.customerGraph.calls.map(({ tenantId }) => tenantId));
      expect(tenants).toEqual(new Set(graph === 'on' ? [customer.id] : []));
      expect(house.entra.asked.filter(({ tenant }) => tenant !== undefined)).toHaveLength(graph === 'on' ? 1 : 0);
      expect(house.log.join('')).not.toContain('CANARY');
    },
  );

  it.each([65_001, 7_000_229, 50_020, 53_003, 700_082])(
    'resets at a customer for which Entra refuses with AADSTS%i as without Microsoft Graph, and logs it once',
    async (code) => {
      await house.stop();
      house = await startProductionHouse({ graph: 'on' });
      ({ url } = await house.start());
      await house.consent();
      const { customer } = findPerson(house.partnerCenter.data, 'adele.vance@contosobikes.onmicrosoft.com');
      house.entra.customer(customer.id, { kind: 'refuses', error: 'invalid_grant', code });
      expect(await reset()).not.toBe('');
      expect(house.customerGraph.calls).toEqual([]);
      expect(house.entra.asked.filter(({ tenant }) => tenant !== undefined)).toHaveLength(1);
      const told = house.log.filter((line) => line.includes('customer-sign-in-refused'));
      expect(told).toEqual([expect.stringContaining(`"entraCode":${code}`)]);
    },
  );

  it('lets nobody in without a good token, and says nothing to them', async () => {
    ({ url } = await house.start());
    await house.consent();
    expect(await house.person(url, { token: 'forged' }).say(sentence)).toBe(401);
    const nobody = await fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    });
    expect(nobody.status).toBe(401);
    expect(house.connector.received).toEqual([]);
  });

  it('says that resets pause before anybody has consented, and goes on by itself afterwards', async () => {
    ({ url } = await house.start());
    const robin = house.person(url);
    await robin.say(sentence);
    expect(await robin.text('Locksmith was not signed in')).toContain('resets pause');
    await house.consent();
    expect(await reset()).not.toBe('');
  });

  it('renews the sign-in without anybody, and the reset goes on', async () => {
    ({ url } = await house.start());
    house.entra.giveFor({ access: 20 });
    await house.consent();
    expect(await reset()).not.toBe('');
    const [first, ...later] = house.entra.asked;
    expect(first).toMatchObject({ grant: 'authorization_code' });
    expect(later.length).toBeGreaterThan(0);
    expect(new Set(later.map(({ grant }) => grant))).toEqual(new Set(['refresh_token']));
  });

  it.each([
    ['the sign-in is revoked', { error: 'invalid_grant', code: 50_173 }, 'sign-in to Partner Center has ended'],
    ['Entra asks for MFA', { error: 'interaction_required', code: 50_076 }, 'needs multifactor authentication again'],
    [
      'the secret has expired',
      { error: 'invalid_client', code: 7_000_222 },
      'secret of Locksmith’s application has expired',
    ],
    ['Conditional Access stops it', { error: 'invalid_grant', code: 53_003 }, 'Conditional Access policy'],
  ])('pauses when %s, tells technician and operator, and goes on once it is mended', async (_what, refusal, says) => {
    ({ url } = await house.start());
    house.entra.giveFor({ access: 20 });
    await house.consent();
    house.entra.break({ kind: 'refuses', ...refusal });
    const robin = house.person(url);
    await robin.say(sentence);
    expect(await robin.text(says)).toContain('resets pause');
    const alarms = house.log.filter((line) => line.includes('"event":"alarm"') && line.includes('sign-in-paused'));
    expect(alarms).toHaveLength(2);
    house.entra.break(undefined);
    house.entra.giveFor({ access: 3600 });
    await house.consent();
    expect(await reset()).not.toBe('');
  });

  it('pauses when Partner Center finds no MFA behind the token, and sends no second try for it', async () => {
    ({ url } = await house.start());
    await house.consent();
    house.partnerCenter.faults.next({
      method: 'GET',
      fault: { kind: 'partner-error', row: { status: 401, code: 900_421, description: 'MFA required' } },
    });
    const robin = house.person(url);
    await robin.say(sentence);
    await robin.text('multifactor');
    await robin.say('reset password for Adele Vance at Contoso Bikes please');
    expect(await robin.text('resets pause')).toContain('multifactor');
    await house.consent();
    expect(await reset()).not.toBe('');
  });

  it('asks Microsoft Graph who is in a group that the policy names, and shuts everybody out where it does not answer', async () => {
    const group = '55555555-5555-4555-8555-55555555555a';
    await house.stop();
    house = await startProductionHouse({ policy: { technicians: [`group:${group}`], approvers: [], auditors: [] } });
    ({ url } = await house.start());
    await house.consent();
    house.graph.break({ kind: 'status', status: 500 });
    const robin = house.person(url);
    await robin.say(sentence);
    await robin.text('could not read which groups you are in');
    house.graph.break(undefined);
    house.graph.put('0a1b2c3d-0000-4000-8000-00000000000a', [group]);
    expect(await reset()).not.toBe('');
  });

  it('tells Prometheus what it did, and nobody by name', async () => {
    await house.stop();
    house = await startProductionHouse({ metricsPort: 0 });
    ({ url } = await house.start());
    await house.consent();
    const password = await reset();
    const said = house.log.find((line) => line.includes('metrics-listening')) ?? '{}';
    const text = await (await fetch(String(own(JSON.parse(said), 'url')))).text();
    for (const sample of [
      'locksmith_requests_total{outcome="delivered"',
      'locksmith_partner_center_requests_total{method="PATCH"',
      'locksmith_directory_entries{kind="customers"}',
      'locksmith_sign_in_good 1',
    ]) {
      expect(text).toContain(sample);
    }
    for (const hidden of [password, 'CANARY', 'Adele', 'contosobikes', 'robin', '0a1b2c3d']) {
      expect(text).not.toContain(hidden);
    }
  });
});
