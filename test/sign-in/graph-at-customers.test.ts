import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createGraph, type Graph, type GraphErrorCode } from '../../src/graph/index.ts';
import { findPerson } from '../../src/sandbox/partner-center/index.ts';
import { createSignIn } from '../../src/sign-in/index.ts';
import { createSealer } from '../../src/store/index.ts';
import { openTokenStore, type OpenTokenStore } from '../../src/store/token-store.ts';
import { type ProductionHouse, startProductionHouse } from '../support/start-production-house.ts';

const contoso = 'adele.vance@contosobikes.onmicrosoft.com';
const people = [
  contoso,
  'isaiah.langer@northwindtraders.onmicrosoft.com',
  'grady.archie@northwindtraders-eu.onmicrosoft.com',
];

describe('Microsoft Graph at customers in production, from the stored sign-in to the answer', () => {
  let house: ProductionHouse;
  let store: OpenTokenStore;
  let graph: Graph;

  beforeEach(async () => {
    house = await startProductionHouse({ graph: 'on' });
    await house.consent();
    store = await openTokenStore(house.settings.databaseUrl);
    const { clock, fetch, random, signIn } = house.platform;
    const { tokenFor } = createSignIn({
      app: house.settings.partnerCenterApp,
      authority: signIn.authority,
      graph: signIn.graph,
      fetch,
      clock,
      tokens: store.tokens,
      sealer: createSealer(house.settings.sealingKeys, random.bytes),
      instance: 'one',
      log: () => undefined,
      raiseAlarm: () => undefined,
    });
    graph = createGraph({
      baseUrl: signIn.graph,
      tokenFor,
      fetch,
      clock,
      random: random.fraction,
      newId: random.guid,
    });
  });

  afterEach(async () => {
    await store.close();
    await house.stop();
  });

  const read = (userPrincipalName: string) => {
    const { customer, user } = findPerson(house.partnerCenter.data, userPrincipalName);
    return graph
      .tenant(customer.id)
      .users.byId(user.id)
      .get({ select: ['userPrincipalName'] });
  };

  it('shows each customer’s people with a token of that customer’s tenant, however their calls interleave', async () => {
    for (const name of people) {
      house.entra.customer(findPerson(house.partnerCenter.data, name).customer.id, { kind: 'consented' });
    }
    const asked = Array.from({ length: 30 }, (_, index) => people[(index * 7) % people.length] ?? '');
    const answers = await Promise.all(asked.map(read));
    expect(answers.map(({ userPrincipalName }) => userPrincipalName)).toEqual(asked);
    for (const { path, tenantId, status } of house.customerGraph.calls) {
      const owner = people
        .map((name) => findPerson(house.partnerCenter.data, name))
        .find(({ user }) => path.includes(user.id));
      expect([tenantId, status]).toEqual([owner?.customer.id, 200]);
    }
    // One token for each customer, whatever the number of calls.
    expect(house.entra.asked.filter(({ tenant }) => tenant !== undefined)).toHaveLength(people.length);
  });

  it.each<readonly [number, GraphErrorCode]>([
    [65_001, 'not-consented'],
    [7_000_229, 'not-consented'],
    [50_020, 'account-unknown'],
    [53_003, 'conditional-access'],
    [700_082, 'sign-in-expired'],
    [50_173, 'sign-in-revoked'],
  ])('tells AADSTS%i as %s, and sends nothing to Graph', async (code, told) => {
    const { customer } = findPerson(house.partnerCenter.data, contoso);
    house.entra.customer(customer.id, { kind: 'refuses', error: 'invalid_grant', code });
    await expect(read(contoso)).rejects.toMatchObject({ code: told, entraCode: code, tries: 0 });
    expect(house.customerGraph.calls).toEqual([]);
  });

  it('tells a token that Graph does not know an identity for as a missing consent, and asks again the next time', async () => {
    const name = 'nestor.wilke@wideworldimporters.onmicrosoft.com';
    house.entra.customer(findPerson(house.partnerCenter.data, name).customer.id, { kind: 'consented' });
    await expect(read(name)).rejects.toMatchObject({
      code: 'not-consented',
      graphCode: 'Authorization_IdentityNotFound',
    });
    await expect(read(name)).rejects.toMatchObject({ code: 'not-consented', tries: 1 });
    expect(house.customerGraph.calls).toHaveLength(2);
  });

  it('throws a token away that Entra gave for another customer', async () => {
    const [one, other] = people.map((name) => findPerson(house.partnerCenter.data, name).customer.id);
    house.entra.customer(one ?? '', { kind: 'answers-as', tenantId: other ?? '' });
    await expect(read(contoso)).rejects.toMatchObject({ code: 'wrong-tenant', tries: 0 });
    expect(house.customerGraph.calls).toEqual([]);
  });
});
