import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret } from '../../src/base/secret.ts';
import { createDirectory } from '../../src/directory/directory.ts';
import { createPartner } from '../../src/partner-center/index.ts';
import type { PartnerDirectory } from '../../src/directory/directory.ts';
import type { PretendCustomer, PretendUser } from '../../src/sandbox/partner-center/index.ts';
import { type Running, startPretend } from '../sandbox/partner-center/start-pretend.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { createSeededRandomInt } from '../support/seeded-random-int.ts';
import { createFakePartner } from './fake-partner.ts';
import { mistype } from './mistype.ts';
import { ask, contoso, person } from './people.ts';

const draw = createSeededRandomInt(20_260_301);
let running: Running;
let directory: PartnerDirectory;
beforeAll(async () => {
  running = await startPretend();
  const credentials = { getToken: () => Promise.resolve(new Secret('sandbox')) };
  directory = createDirectory({
    partner: createPartner({ baseUrl: running.url, credentials }),
    clock: createHandClock(),
  });
});
afterAll(() => running.pretend.close());

function usersOf(customer: PretendCustomer): readonly PretendUser[] {
  return running.pretend.data.users(customer.id)?.slice('active', undefined, 0, customer.userCount) ?? [];
}

describe('10,000 names with one letter wrong', () => {
  it('never find a different person, unless exactly that person’s name was typed', async () => {
    const customers = running.pretend.data.customers.filter(({ userCount }) => userCount < 1000).slice(0, 40);
    const people = customers.map((customer) => ({ customer, users: usersOf(customer) }));
    const wrong: string[] = [];
    const kinds = new Map<string, number>();
    let offered = 0;
    for (let round = 0; round < 10_000; round += 1) {
      const { customer, users } = people[draw(people.length)] ?? { customer: undefined, users: [] };
      const user = users[draw(users.length)];
      if (customer === undefined || user === undefined) continue;
      const typed = mistype(user.displayName, draw);
      const finding = await ask(directory, typed, customer.id);
      kinds.set(finding.kind, (kinds.get(finding.kind) ?? 0) + 1);
      if (finding.kind === 'no-user' && finding.near.some(({ displayName }) => displayName === user.displayName)) {
        offered += 1;
      }
      if (finding.kind !== 'found' || finding.target.user.id === user.id) continue;
      const found = finding.target.user;
      const isTheirs = [found.displayName, found.userPrincipalName.split('@')[0]].some(
        (name) => name?.toLowerCase() === typed.toLowerCase().trim(),
      );
      if (!isTheirs) wrong.push(`${typed} for ${user.displayName} found ${found.displayName}`);
    }
    expect(wrong).toEqual([]);
    expect((kinds.get('no-user') ?? 0) + (kinds.get('found') ?? 0) + (kinds.get('which-user') ?? 0)).toBe(10_000);
    expect(offered / (kinds.get('no-user') ?? 1)).toBeGreaterThan(0.95);
  });

  it('never do among people whose names differ by a letter or an accent', async () => {
    const firsts = ['Jan', 'Jän', 'Jana', 'Ian', 'Jen', 'Bo', 'Bó', 'Zoë', 'Zoe', 'Siobhán', 'Siobhan'];
    const lasts = ['Müller', 'Miller', 'Mueller', 'Muller', 'Møller', 'Li', 'Lí', 'Le', "O'Reilly", 'OReilly'];
    const all = firsts.flatMap((first) => lasts.map((last) => `${first} ${last}`)).filter(() => draw(3) > 0);
    const { partner } = createFakePartner([contoso(...all.map((name, at) => person(100 + at, name, `p${at}`)))], 500);
    const crowd = createDirectory({ partner, clock: createHandClock() });
    const wrong: string[] = [];
    for (let round = 0; round < 2000; round += 1) {
      const meant = all[draw(all.length)] ?? '';
      const typed = mistype(meant, draw);
      const finding = await ask(crowd, typed, 'Contoso');
      if (finding.kind !== 'found') continue;
      const { displayName } = finding.target.user;
      const isTheirs = displayName.toLowerCase() === typed.replaceAll(/ +/g, ' ').trim().toLowerCase();
      if (displayName !== meant && !isTheirs) wrong.push(`${typed} for ${meant} found ${displayName}`);
    }
    expect(wrong).toEqual([]);
  });
});
