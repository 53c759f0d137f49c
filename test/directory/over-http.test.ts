import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asId, type CustomerId, type UserId } from '../../src/base/ids.ts';
import { Secret } from '../../src/base/secret.ts';
import { createDirectory } from '../../src/directory/directory.ts';
import { createPartner } from '../../src/partner-center/index.ts';
import type { PartnerDirectory } from '../../src/directory/directory.ts';
import { findPerson, type PretendUser } from '../../src/sandbox/partner-center/index.ts';
import { type Running, startPretend } from '../sandbox/partner-center/start-pretend.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { ask, correlationId, say } from './people.ts';

let running: Running;
let directory: PartnerDirectory;
beforeEach(async () => {
  running = await startPretend({ quirks: true });
  const credentials = { getToken: () => Promise.resolve(new Secret('sandbox')) };
  const clock = createHandClock();
  directory = createDirectory({ partner: createPartner({ baseUrl: running.url, credentials }), clock });
});
afterEach(() => running.pretend.close());

const bikes = 'Contoso Bikes';
const upnOf = (nickname: string): string => `${nickname}@contosobikes.onmicrosoft.com`;

function change(upn: string, fields: Partial<Pick<PretendUser, 'displayName' | 'firstName' | 'lastName' | 'state'>>) {
  const { customer, user } = findPerson(running.pretend.data, upn);
  running.pretend.data.users(customer.id)?.change(user.id, fields);
  const known = { id: asId<CustomerId>(customer.id), name: customer.name, domain: customer.domain };
  return directory.lookUp(known, asId<UserId>(user.id), correlationId);
}

describe('the directory, over HTTP', () => {
  it.each([
    [{ kind: 'partner-error', row: { status: 403, code: 2032, description: 'x' } }, 'missing-role', 403, '2032'],
    [{ kind: 'proxy-page', status: 200, effect: 'none' }, 'foreign-answer', 200, undefined],
    [{ kind: 'route-unknown', status: 404 }, 'route-unknown', 404, undefined],
  ] as const)('says why roles could not be read, in codes: %j', async (fault, code, httpStatus, partnerCode) => {
    running.pretend.faults.next({ path: /directoryroles/, fault });
    expect(await change(upnOf('adele.vance'), {})).toMatchObject({
      kind: 'found',
      user: { roles: 'unknown', rolesTrouble: { code, httpStatus, partnerCode, signInCode: undefined } },
    });
    expect(await change(upnOf('adele.vance'), {})).not.toHaveProperty('user.rolesTrouble');
  });

  it('finds one person in every way they may be typed, with one reading of each list', async () => {
    const { user } = findPerson(running.pretend.data, upnOf('adele.vance'));
    for (const typed of ['Adele Vance', 'vance adele', 'Vance, Adele', 'adele.vance', upnOf('Adele.Vance'), user.id]) {
      expect(await ask(directory, typed, bikes)).toMatchObject({
        kind: 'found',
        target: {
          customer: { name: bikes, domain: 'contosobikes.onmicrosoft.com' },
          user: { id: user.id, userPrincipalName: user.userPrincipalName, displayName: 'Adele Vance' },
        },
      });
    }
    const lists = running.pretend.calls.filter(({ path }) => path.endsWith('/customers') || path.endsWith('/users'));
    expect(lists).toHaveLength(2);
    expect(new Set(running.pretend.calls.map((call) => call.correlationId))).toEqual(new Set([correlationId]));
  });

  it('asks about customers and users of the same name, in every order of typing', async () => {
    for (const typed of ['Alex Wilber', 'alex wilber', 'Wilber Alex', 'Wilber, Alex']) {
      expect(say(await ask(directory, typed, bikes))).toBe(
        `which-user ${upnOf('alex.wilber')} ${upnOf('alex.wilber2')}`,
      );
    }
    const twins = 'which-customer northwindtraders.onmicrosoft.com northwindtraders-eu.onmicrosoft.com';
    for (const user of ['Isaiah Langer', 'Langer, Isaiah', 'Grady Archie', 'nobody']) {
      expect(say(await ask(directory, user, 'northwind traders'))).toBe(twins);
    }
  });

  it('knows a custom domain once it has read who uses it', async () => {
    const johanna = 'johanna.lorenz@contosobikes.example';
    expect(say(await ask(directory, johanna))).toMatch(/^unknown-domain, contosobikes\.example, Contoso Bikes/);
    expect(say(await ask(directory, 'Adele Vance', bikes))).toContain('found');
    expect(await ask(directory, johanna)).toMatchObject({ kind: 'found', customerInferred: 'address' });
    expect(say(await ask(directory, 'Adele Vance', 'contosobikes.example'))).toContain('found');
  });

  it('learns from a direct look-up who was renamed, deleted and restored', async () => {
    await ask(directory, 'Adele Vance', bikes);
    await change(upnOf('adele.vance'), { displayName: 'Adele Lang', lastName: 'Lang' });
    await change(upnOf('megan.bowen'), { state: 'inactive' });
    await change(upnOf('lynne.robbins'), { state: 'active' });
    expect(say(await ask(directory, 'Adele Lang', bikes))).toContain('found');
    expect(say(await ask(directory, 'Megan Bowen', bikes))).not.toContain('Megan Bowen');
    expect(say(await ask(directory, 'Lynne Robbins', bikes))).toContain('found');
    // One reading of all users, and one of the deleted ones, for Megan.
    expect(running.pretend.calls.filter(({ path }) => path.endsWith('/users'))).toHaveLength(2);
  });

  it('says what stands in the way, and finds the person when it is gone', async () => {
    running.pretend.faults.next({
      path: /\/users/,
      fault: { kind: 'partner-error', row: { status: 403, code: 900_308, description: 'No.' } },
    });
    expect(say(await ask(directory, 'Adele Vance', bikes))).toMatch(/^trouble /);
    expect(say(await ask(directory, 'Adele Vance', bikes))).toContain('found');
  });

  it('finds its way in a customer of 100,000 users, and says how far it is', async () => {
    const seen: number[] = [];
    const totals = new Set<number | undefined>();
    const progress = (read: number, total: number | undefined) => {
      seen.push(read);
      totals.add(total);
    };
    const [first, second] = await Promise.all([
      ask(directory, 'Nestor Wilke', 'Wide World Importers', { progress }),
      ask(directory, 'Adele Vance', bikes),
    ]);
    expect([first.kind, second.kind]).toEqual(['found', 'found']);
    const [total] = totals;
    expect(totals.size).toBe(1);
    expect(seen.at(-1)).toBe(total);
    expect(seen).toHaveLength(Math.ceil((total ?? 0) / 500));
    expect(say(await ask(directory, 'Nestr Wilke', 'Wide World Importers'))).toMatch(/^no-user, Nestor Wilke/);
    expect(say(await ask(directory, 'N Wilke', 'wide world importers'))).toMatch(/^no-user, Nestor Wilke/);
  });
});
