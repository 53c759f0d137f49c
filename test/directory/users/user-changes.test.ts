import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type UserId } from '../../../src/base/ids.ts';
import { Secret } from '../../../src/base/secret.ts';
import { createDirectory, type PartnerDirectory } from '../../../src/directory/directory.ts';
import { createGraphSight, type GraphSight } from '../../../src/directory/graph/graph-consent.ts';
import { toIndexedUser } from '../../../src/directory/users/user-names.ts';
import { playGraph } from '../../graph/play-graph.ts';
import { createUserChanges } from '../../../src/directory/users/user-changes.ts';
import { createGraph, type TenantToken } from '../../../src/graph/index.ts';
import { createPartner } from '../../../src/partner-center/index.ts';
import { createPretendGraph, type PretendGraph } from '../../../src/sandbox/graph/pretend-graph.ts';
import { findPerson, type PretendUser } from '../../../src/sandbox/partner-center/index.ts';
import { type Running, startPretend } from '../../sandbox/partner-center/start-pretend.ts';
import { createHandClock, type HandClock } from '../../support/hand-clock.ts';
import { ask, correlationId, say } from '../people.ts';

const minute = 60_000;

const bikes = 'Contoso Bikes';

const upnOf = (nickname: string): string => `${nickname}@contosobikes.onmicrosoft.com`;

let clock: HandClock;

let running: Running;

let graph: PretendGraph;

let sight: GraphSight;

let directory: PartnerDirectory;

let logged: object[];

let sent: number;

let answered: number;

let token: TenantToken | undefined;

beforeEach(async () => {
  clock = createHandClock(Date.now());
  running = await startPretend();
  graph = createPretendGraph({ ...running.pretend, clock });
  const { url } = await graph.listen();
  sight = createGraphSight(clock);
  logged = [];
  sent = 0;
  answered = 0;
  token = undefined;
  const client = createGraph({
    baseUrl: url,
    tokenFor: (tenant) => Promise.resolve(token ?? { kind: 'token', token: new Secret(`sandbox.${tenant}`) }),
    fetch: async (address, init) => {
      sent += 1;
      const response = await fetch(address, init);
      const body = await response.arrayBuffer();
      answered += 1;
      return new Response(body, response);
    },
    clock,
    random: () => 0,
    newId: () => '8e0f5a7b-91c4-4b3d-a6e2-7f1c2d9b5e40',
  });
  const log = (line: object): void => void logged.push(line);
  directory = createDirectory({
    partner: createPartner({
      baseUrl: running.url,
      credentials: { getToken: () => Promise.resolve(new Secret('sandbox')) },
    }),
    clock,
    changes: createUserChanges({ graph: client, sight, clock, log }),
  });
});

afterEach(async () => {
  directory.stop();
  await running.pretend.close();
  await graph.close();
});

const customer = (): CustomerId => asId<CustomerId>(findPerson(running.pretend.data, upnOf('adele.vance')).customer.id);

/** Graph has told a fact of a user of this customer. */
const consent = (): void => sight.rememberAsked(customer());

const deltas = () => graph.calls.filter(({ path }) => path.endsWith('/users/delta'));

const pages = () =>
  running.pretend.calls.filter(({ path, query }) => path.endsWith('/users') && !String(query).includes('filter'));

function change(upn: string, fields: Partial<Pick<PretendUser, 'displayName' | 'firstName' | 'lastName' | 'state'>>) {
  const { user } = findPerson(running.pretend.data, upn);
  running.pretend.data.users(customer())?.change(user.id, fields);
}

/** Waits until Graph has answered so many times, and what was told is in the index. */
async function settle(answers: number): Promise<void> {
  const isOver = (): boolean => answered >= answers;
  while (!isOver()) await new Promise(setImmediate);
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}

/** Asks until the index is kept fresh by Graph. */
async function follow(): Promise<void> {
  consent();
  expect(say(await ask(directory, 'Adele Vance', bikes))).toBe('found Adele Vance at Contoso Bikes');
  await settle(1);
  expect(deltas()).toHaveLength(1);
}

/** Somebody who was deleted, and is brought back under a name that no one has. */
function addNewUser(): void {
  const users = running.pretend.data.users(customer());
  const [deleted] = users?.slice('inactive', undefined, 0, 1) ?? [];
  users?.change(deleted?.id ?? '', {
    state: 'active',
    displayName: 'Zebulon Quist',
    firstName: 'Zebulon',
    lastName: 'Quist',
  });
}

describe('the index of a customer where Microsoft Graph is there', () => {
  it('has who is new, renamed or deleted within a minute, by one request and without a page of Partner Center', async () => {
    await follow();
    const before = pages().length;
    addNewUser();
    change(upnOf('adele.vance'), { displayName: 'Adele Lang', lastName: 'Lang' });
    change(upnOf('miriam.graham'), { state: 'inactive' });
    clock.advance(minute);
    expect(say(await ask(directory, 'Zebulon Quist', bikes))).toBe('found Zebulon Quist at Contoso Bikes');
    expect(say(await ask(directory, 'Adele Lang', bikes))).toBe('found Adele Lang at Contoso Bikes');
    expect(say(await ask(directory, 'Adele Vance', bikes))).not.toContain('found');
    expect(say(await ask(directory, 'Miriam Graham', bikes))).not.toContain('found');
    expect(deltas().length - 1).toBeLessThanOrEqual(2);
    expect(pages()).toHaveLength(before);
  });

  it('asks back about a namesake who was made a minute ago, whom five minutes of an old index would have hidden', async () => {
    await follow();
    const [deleted] = running.pretend.data.users(customer())?.slice('inactive', undefined, 0, 1) ?? [];
    running.pretend.data.users(customer())?.change(deleted?.id ?? '', { state: 'active', displayName: 'Adele Vance' });
    clock.advance(minute);
    expect(say(await ask(directory, 'Adele Vance', bikes))).toContain('which-user');
  });

  it('costs one request for many questions at once, none while it is young, and none that nobody asks for', async () => {
    await follow();
    await ask(directory, 'Adele Vance', bikes);
    expect(deltas()).toHaveLength(1);
    clock.advance(minute);
    await Promise.all([1, 2, 3, 4].map(() => ask(directory, 'Adele Vance', bikes)));
    expect(deltas()).toHaveLength(2);
    const before = pages().length;
    clock.advance(60 * minute);
    await settle(2);
    expect(sent).toBe(2);
    expect(pages()).toHaveLength(before);
  });

  it('is read anew in the background once its link has expired, and pages answer meanwhile', async () => {
    await follow();
    clock.advance(8 * 24 * 60 * minute);
    const before = pages().length;
    addNewUser();
    expect(say(await ask(directory, 'Zebulon Quist', bikes))).toBe('found Zebulon Quist at Contoso Bikes');
    await settle(3);
    expect(deltas().map(({ status }) => status)).toEqual([200, 410, 200]);
    expect(logged).toEqual([expect.objectContaining({ event: 'graph-changes-unread', code: 'delta-expired' })]);
    change(upnOf('adele.vance'), { displayName: 'Adele Lang', lastName: 'Lang' });
    clock.advance(minute);
    expect(say(await ask(directory, 'Adele Lang', bikes))).toBe('found Adele Lang at Contoso Bikes');
    expect(deltas().at(-1)?.query.has('$deltatoken')).toBe(true);
    expect(pages()).toHaveLength(before);
  });

  it('is answered by pages where Graph fails, says so in the log alone, and asks Graph again ten minutes later', async () => {
    await follow();
    graph.faults.next({
      path: /delta/,
      fault: { kind: 'graph-error', status: 403, code: 'Authorization_RequestDenied' },
    });
    clock.advance(6 * minute);
    addNewUser();
    const before = pages().length;
    expect(say(await ask(directory, 'Zebulon Quist', bikes))).toBe('found Zebulon Quist at Contoso Bikes');
    expect(pages().length).toBeGreaterThan(before);
    expect(logged).toEqual([
      { level: 'warn', event: 'graph-changes-unread', customer: customer(), code: 'forbidden', httpStatus: 403 },
    ]);
    clock.advance(5 * minute);
    await ask(directory, 'Adele Vance', bikes);
    await settle(2);
    expect(deltas()).toHaveLength(2);
    clock.advance(6 * minute);
    await ask(directory, 'Adele Vance', bikes);
    await settle(3);
    expect(deltas()).toHaveLength(3);
  });

  it('keeps what a direct look-up told while the changes were read', async () => {
    await follow();
    const { user } = findPerson(running.pretend.data, upnOf('adele.vance'));
    const held = Promise.withResolvers<void>();
    graph.faults.next({ path: /delta/, fault: { kind: 'held', until: held.promise, effect: 'before' } });
    change(upnOf('adele.vance'), { displayName: 'Adele Middle', lastName: 'Middle' });
    clock.advance(minute);
    const asked = ask(directory, 'Adele Lang', bikes);
    while (deltas().length < 2) await new Promise(setImmediate);
    change(upnOf('adele.vance'), { displayName: 'Adele Lang', lastName: 'Lang' });
    const known = { id: customer(), name: bikes, domain: 'contosobikes.onmicrosoft.com' };
    await directory.lookUp(known, asId<UserId>(user.id), correlationId);
    held.resolve();
    expect(say(await asked)).toBe('found Adele Lang at Contoso Bikes');
  });
});

describe('the index of a customer where Graph tells nothing', () => {
  it('is read by pages alone before anything was told, and where consent is missing', async () => {
    await ask(directory, 'Adele Vance', bikes);
    clock.advance(6 * minute);
    await ask(directory, 'Adele Vance', bikes);
    consent();
    sight.rememberNoConsent(customer());
    await ask(directory, 'Adele Vance', bikes);
    await settle(0);
    expect(graph.calls).toEqual([]);
  });

  it('does not ask for an hour where consent was taken away meanwhile', async () => {
    await follow();
    token = { kind: 'refused', refusal: 'not-consented' };
    for (let round = 0; round < 9; round += 1) {
      clock.advance(6 * minute);
      expect(say(await ask(directory, 'Adele Vance', bikes))).toContain('found');
      await settle(1);
    }
    expect(deltas()).toHaveLength(1);
    expect(logged).toHaveLength(1);
  });
});

describe('a change that tells some properties alone', () => {
  it('leaves the address and the names of the person as they are known', async () => {
    const id = '7d1a5c90-2b6e-4f3b-8c55-91e0a4d2f613';
    const page = (...value: readonly object[]) => ({
      status: 200,
      json: { value, '@odata.deltaLink': 'https://graph.microsoft.com/v1.0/users/delta?$deltatoken=1' },
    });
    const { graph: played } = playGraph([page({ id, displayName: 'Ann Renamed' }, { id, surname: 'Renamed' })]);
    const changes = createUserChanges({ graph: played, sight, clock, log: undefined });
    const told = await changes.readSince(customer(), 'https://graph.microsoft.com/v1.0/users/delta?$deltatoken=0');
    const [change] = told?.put ?? [];
    const known = toIndexedUser({
      id,
      displayName: 'Ann Lee',
      firstName: 'Ann',
      lastName: 'Lee',
      userPrincipalName: 'ann.lee@contoso.example',
      usageLocation: undefined,
      lastDirectorySyncTime: undefined,
      userDomainType: 'managed',
      state: 'active',
      softDeletionTime: undefined,
    });
    expect(change?.merge(known)).toMatchObject({
      user: { displayName: 'Ann Renamed', userPrincipalName: 'ann.lee@contoso.example' },
      firstName: 'Ann',
      lastName: 'Renamed',
    });
    expect(change?.merge(undefined)).toMatchObject({ user: { displayName: 'Ann Renamed', userPrincipalName: '' } });
  });
});
