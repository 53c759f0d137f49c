import { expect, it } from '@jest/globals';
import {
  type Arbitrary,
  array,
  assert,
  asyncProperty,
  boolean,
  constantFrom,
  nat,
  oneof,
  option,
  record,
  subarray,
  tuple,
} from 'fast-check';
import type { Principal } from '../../src/reset/policy/policy.ts';
import type { PretendCustomer } from '../../src/sandbox/data/customers.ts';
import { createPretendPartnerCenter } from '../../src/sandbox/partner-center/index.ts';
import { own } from '../support/own.ts';
import { Secret } from '../../src/base/secret.ts';
import { readAuditRecords } from '../support/read-audit-records.ts';
import { startHouse } from '../support/start-house.ts';
import { confirmTitleOf, cardId, createTeamsPerson, findIn, type TeamsPerson } from '../support/teams-person.ts';

/** Random runs; each starts the whole bot. */
const runs = Number(process.env['RIGHTS_RUNS'] ?? 6);
const tenantId = '11111111-2222-4333-8444-555555555555';
const people = ['a', 'b', 'c'].map((letter) => ({
  name: `Person ${letter}`,
  aadObjectId: `0a1b2c3d-0000-4000-8000-00000000000${letter}`,
  id: `29:${letter}`,
}));
const group = 'de500000-0000-4000-8000-00000000000c';

const { data } = createPretendPartnerCenter();
/** Customers of few users, two of them of one name, others that share a word. */
const customers = ['Contoso Bikes', 'Northwind Traders', 'Falcon Legal', 'Linden Legal'].flatMap((name) =>
  data.customers.filter((customer) => customer.name === name),
);
const userOf = ({ id }: PretendCustomer): { readonly displayName: string; readonly userPrincipalName: string } => {
  const [first] = data.users(id)?.slice('active', undefined, 0, 1) ?? [];
  if (first === undefined) throw new Error('no user');
  return first;
};
/** What tells of a customer: no answer may hold it for those who have no right there. */
const canariesOf = (customer: PretendCustomer): readonly string[] => [
  customer.name,
  customer.domain,
  customer.id,
  userOf(customer).displayName,
];

/** Typed so that an echo of it is no canary: canaries are compared letter by letter. */
const disguise = (text: string): string => text.toUpperCase();

const customerText = constantFrom(...customers).chain((customer) =>
  constantFrom(
    customer.name,
    customer.domain,
    customer.id,
    customer.name.replace(/(.)$/, ''),
    customer.name.split(' ')[0] ?? '',
    customer.name.split(' ')[1] ?? '',
  ),
);
const userText = constantFrom(...customers).chain((customer) =>
  constantFrom(
    userOf(customer).displayName,
    userOf(customer).userPrincipalName,
    userOf(customer).displayName.split(' ')[0] ?? '',
  ),
);
const command = oneof(
  { weight: 6, arbitrary: tuple(userText, customerText).map(([user, at]) => `reset password for ${user} at ${at}`) },
  { weight: 2, arbitrary: userText.map((user) => `reset password for ${user}`) },
  { weight: 2, arbitrary: customerText },
  { weight: 1, arbitrary: userText },
  { weight: 2, arbitrary: customerText.map((at) => `freeze ${at}`) },
  { weight: 1, arbitrary: customerText.map((at) => `thaw ${at}`) },
  { weight: 1, arbitrary: customerText.map((at) => `history ${at}`) },
  {
    weight: 3,
    arbitrary: constantFrom(
      'status',
      'history',
      'freeze everything',
      'freeze',
      'thaw everything',
      'cancel',
      '1',
      'confirm in person',
      'help',
    ),
  },
);
type Step = { readonly who: number; readonly text: string; readonly presses: boolean };
const step: Arbitrary<Step> = record({
  who: nat(people.length - 1),
  text: command,
  /** Whether the card that comes is pressed: the choice and the reset. */
  presses: boolean(),
});
const principals = subarray<Principal>([
  ...people.map(({ aadObjectId }): Principal => ({ kind: 'person', objectId: aadObjectId })),
  { kind: 'group', objectId: group },
]);
const policies = record({
  technicians: principals,
  approvers: principals,
  auditors: principals,
  perCustomer: array(option(principals, { nil: undefined }), {
    minLength: customers.length,
    maxLength: customers.length,
  }),
});
/** Who is in the group. */
const members = subarray(people.map(({ aadObjectId }) => aadObjectId));

type Given = {
  readonly technicians: readonly Principal[];
  readonly approvers: readonly Principal[];
  readonly auditors: readonly Principal[];
  readonly perCustomer: readonly (readonly Principal[] | undefined)[];
};

/** Who has which right, worked out beside the code under test. */
function createModel(given: Given, inGroup: readonly string[]) {
  const isIn = (person: string, list: readonly Principal[]): boolean =>
    list.some((one) =>
      one.kind === 'person' ? one.objectId === person : one.kind === 'group' && inGroup.includes(person),
    );
  const mayReset = (person: string, customer: string): boolean =>
    isIn(person, given.perCustomer[customers.findIndex(({ id }) => id === customer)] ?? given.technicians);
  const seesAll = (person: string): boolean => isIn(person, given.approvers) || isIn(person, given.auditors);
  return {
    mayReset,
    seesAll,
    mayFreeze: (person: string, customer: string | undefined): boolean =>
      seesAll(person) || isIn(person, given.technicians) || (customer !== undefined && mayReset(person, customer)),
  };
}

it('nobody sees, reads or moves anything of a customer for whom they have no right', async () => {
  let resets = 0;
  let withheld = 0;
  const property = async (given: Given, inGroup: readonly string[], steps: readonly Step[]): Promise<void> => {
    const may = createModel(given, inGroup);
    const perCustomer = given.perCustomer.flatMap((technicians, at) =>
      technicians === undefined ? [] : [[customers[at]?.id ?? '', { technicians }] as const],
    );
    const { technicians, approvers, auditors } = given;
    const house = await startHouse({
      policy: { technicians, approvers, auditors, customers: Object.fromEntries(perCustomer) },
      groups: { memberOf: (person) => Promise.resolve(new Set(inGroup.includes(person) ? [group] : [])) },
    });
    try {
      const clients = people.map((person) => {
        const chat = house.connector.personalChat(person.id);
        house.connector.addMember({ ...person, tenantId, userPrincipalName: `${person.id.slice(3)}@partner.example` });
        return createTeamsPerson(house, person, { id: chat, conversationType: 'personal' });
      });
      const typed = people.map((): string[] => []);
      const calls: { readonly who: number; readonly from: number }[] = [];
      for (const { who, text, presses } of steps) {
        const client = clients[who];
        const { aadObjectId: person } = people[who] ?? { aadObjectId: '' };
        if (client === undefined) throw new Error('no such client');
        calls.push({ who, from: house.partnerCenter.calls.length });
        const said = disguise(text);
        typed[who]?.push(said, said.toLowerCase());
        await client.say(said);
        const answers = presses ? await pressOn(client) : [];
        if (may.seesAll(person)) continue;
        const shown = JSON.stringify([...client.shown(), answers]);
        const [known, foreign] = [true, false].map((isKnown) =>
          customers.filter(({ id }) => may.mayReset(person, id) === isKnown).flatMap(canariesOf),
        );
        const canaries = (foreign ?? []).filter(
          (canary) => known?.includes(canary) === false && typed[who]?.every((one) => !one.includes(canary)),
        );
        withheld += canaries.length;
        expect({ text, found: canaries.filter((canary) => shown.includes(canary)) }).toEqual({ text, found: [] });
      }
      // A run may go on in the background, so the trail tells whose a call was; where it is silent, whose turn it was. A search
      // writes its record at its end, and a stop waits for that.
      const made = [...house.partnerCenter.calls];
      await house.restart();
      const trail = await readAuditRecords(new Secret(`sqlite:${house.folder}/locksmith.db`));
      const owners = new Map(
        // The first record of a request is of the person who asked; one that a freeze has ended has the other's name later.
        trail.toReversed().flatMap(({ kind, actor, correlationId, facts }) => {
          const id = correlationId ?? facts['correlationId'];
          const asks =
            kind === 'proposed' || kind === 'asked-back' || kind === 'question-refused' || kind === 'refused';
          return asks && typeof id === 'string' && actor !== 'locksmith' ? [[id, actor] as const] : [];
        }),
      );
      for (const [at, { path, method, correlationId = '' }] of made.entries()) {
        const customer = customers.find(({ id }) => path.toLowerCase().startsWith(`/v1/customers/${id}`));
        if (customer === undefined) continue;
        const turn = people[calls.findLast(({ from }) => from <= at)?.who ?? -1]?.aadObjectId ?? '';
        const owner = owners.get(correlationId) ?? turn;
        const isLookUpToFreeze = !path.includes('/users') && may.mayFreeze(owner, customer.id);
        expect([method, path, owner, may.mayReset(owner, customer.id) || isLookUpToFreeze]).toEqual([
          method,
          path,
          owner,
          true,
        ]);
        if (method === 'PATCH') resets += 1;
      }
      for (const alarm of house.alarms) {
        if (alarm.kind !== 'frozen') continue;
        const { technician, customer } = alarm;
        expect([technician, customer, may.mayFreeze(technician, customer)]).toEqual([technician, customer, true]);
      }
    } finally {
      await house.stop();
    }
  };
  await assert(asyncProperty(policies, members, array(step, { minLength: 10, maxLength: 20 }), property), {
    numRuns: runs,
  });
  // It has tried something: people who see less than everything, and resets that went through.
  expect(withheld).toBeGreaterThan(runs);
  if (runs >= 20) expect(resets).toBeGreaterThan(0);
}, 600_000);

/** Presses what stands on the last card: a choice, then the button that resets. Returns what the presses were answered with. */
async function pressOn(client: TeamsPerson): Promise<readonly unknown[]> {
  const answers: unknown[] = [];
  for (let pressed = 0; pressed < 2; pressed += 1) {
    const message = client.shown().findLast(({ card }) => card !== undefined);
    if (message?.card === undefined) break;
    const asked = { id: message.id, card: message.card };
    const title = cardId(asked.card) === 'confirmation' ? confirmTitleOf(asked.card) : 'Choose';
    if (findIn(asked.card, (one) => own(one, 'title') === title) === undefined) break;
    const choices: unknown = own(
      findIn(asked.card, (one) => own(one, 'id') === 'choice'),
      'choices',
    );
    const value = own(Array.isArray(choices) ? choices[0] : undefined, 'value');
    const choice = typeof value === 'string' ? value : '';
    answers.push(await client.press(asked, title, { choice, verification: 'In person', ticket: '' }));
  }
  return answers;
}
