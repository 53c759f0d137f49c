import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { asId, type UserId } from '../../../src/base/ids.ts';
import type { Dependencies } from '../../../src/reset/dependencies.ts';
import type { Conversation, Technician } from '../../../src/reset/identity.ts';
import { askedIn, createResetWorld, robin, sam, stranger, target } from '../../support/reset-world.ts';

const minute = 60_000;
const people: readonly Technician[] = [robin, sam, stranger];
const chats: readonly Conversation[] = [
  askedIn,
  { ...askedIn, id: '19:group@thread.v2', kind: 'group-chat' },
  { ...askedIn, id: '19:channel;messageid=1', kind: 'channel' },
];

type Act =
  | {
      readonly kind: 'ask' | 'answer' | 'answer-twice' | 'command' | 'cancel';
      readonly who: number;
      readonly where: number;
    }
  | { readonly kind: 'restart' | 'another' }
  | { readonly kind: 'wait'; readonly minutes: number };

const place = { who: fc.nat({ max: people.length - 1 }), where: fc.nat({ max: chats.length - 1 }) };
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('ask' as const), ...place }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constantFrom('answer' as const, 'answer-twice' as const), ...place }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('command' as const, 'cancel' as const), ...place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('restart' as const, 'another' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), minutes: fc.constantFrom(1, 4, 9, 11) }) },
);

/** Everybody exists at one customer, and no one is found without it; a user's id tells the name that was typed. */
const plant = (dependencies: Dependencies): Dependencies => {
  const userOf = (name: string) => ({ ...target.user, id: asId<UserId>(name), displayName: name });
  return {
    ...dependencies,
    findCustomer: () => Promise.resolve({ kind: 'customer', customer: target.customer }),
    directory: {
      find: ({ text, customer }) =>
        Promise.resolve(
          customer === undefined
            ? { kind: 'customer-missing', typed: text, people: [text] }
            : { kind: 'found', target: { customer, user: userOf(text) }, customerInferred: false },
        ),
      lookUp: (_customer, user) => Promise.resolve({ kind: 'found', user: userOf(user) }),
    },
  };
};

/** Does the acts, and holds each against what the promise says of it. */
async function live(acts: readonly Act[]): Promise<void> {
  const world = await createResetWorld({ plant });
  const slots = new Map<string, { readonly name: string; readonly until: number }>();
  const expected: string[] = [];
  let processes = [world.boot('first')];
  let number = 0;
  const next = () => `f:${(number += 1)}`;
  const resets = () => {
    const process = processes[number % processes.length];
    if (process === undefined) throw new Error('no process');
    return process.resets;
  };
  try {
    for (const one of acts) await doOne(one);
    const proposed = (await world.readTrail()).filter(({ kind }) => kind === 'proposed');
    expect(proposed).toHaveLength(expected.length);
    const requests = await Promise.all(
      people.map(({ objectId, tenantId }) => world.resets.history({ technician: objectId, tenant: tenantId }, 200)),
    );
    const made = requests
      .flat()
      .map(({ technician, askedIn: { id }, target: { user } }) =>
        [technician.objectId, technician.tenantId, id, user.displayName].join(' '),
      );
    expect(made.toSorted()).toStrictEqual(expected.toSorted());
  } finally {
    await world.close();
  }

  async function doOne(one: Act): Promise<void> {
    switch (one.kind) {
      case 'wait':
        return world.pass(one.minutes * minute);
      case 'restart':
        for (const { power } of processes) power.cut();
        processes = [world.boot(next())];
        return undefined;
      case 'another':
        processes.push(world.boot(next()));
        return undefined;
      case 'ask':
      case 'answer':
      case 'answer-twice':
      case 'command':
      case 'cancel':
        break;
    }
    const technician = people[one.who];
    const conversation = chats[one.where];
    if (technician === undefined || conversation === undefined) throw new Error('nobody');
    const key = `${technician.objectId} ${technician.tenantId} ${conversation.id}`;
    const slot = slots.get(key);
    const isOpen = slot !== undefined && world.clock.now() < slot.until;
    const activityId = next();
    slots.delete(key);
    switch (one.kind) {
      case 'ask': {
        const name = `person ${number}`;
        const proposal = await resets().propose({ technician, conversation, activityId, text: name });
        expect(proposal).toMatchObject({ kind: 'question', finding: { kind: 'customer-missing' } });
        slots.set(key, { name, until: world.clock.now() + 10 * minute });
        return;
      }
      case 'answer':
      case 'answer-twice': {
        const message = { technician, conversation, activityId, name: 'Contoso Bikes' };
        const times = one.kind === 'answer' ? 1 : 3;
        const answers = await Promise.all(Array.from({ length: times }, () => resets().answer(message)));
        const taken = answers.filter(({ kind }) => kind === 'answered');
        if (!isOpen) {
          expect(answers.map(({ kind }) => kind)).toStrictEqual(answers.map(() => 'no-slot'));
          return;
        }
        expect(taken).toMatchObject([
          {
            answer: {
              kind: 'request',
              request: { technician, askedIn: conversation, target: { user: { displayName: slot.name } } },
            },
          },
        ]);
        expect(answers.filter(({ kind }) => kind === 'already-answered')).toHaveLength(times - 1);
        expected.push([key, slot.name].join(' '));
        return;
      }
      case 'command':
        return resets().beginAnew(technician, conversation);
      case 'cancel': {
        const closing = await resets().close(technician, undefined, conversation);
        if (isOpen)
          expect(closing).toMatchObject({ kind: 'question-closed', question: { asks: { typed: slot.name } } });
        else await forgetCancelled();
      }
    }

    /** Without a slot, `cancel` takes back the one thing of this person that is open anywhere. */
    async function forgetCancelled(): Promise<void> {
      for (const [other, { name }] of slots) {
        const whose = `${technician?.objectId} ${technician?.tenantId} `;
        const open = await world.questions.openOf(
          technician?.objectId ?? robin.objectId,
          technician?.tenantId ?? robin.tenantId,
        );
        if (other.startsWith(whose) && !open.some(({ asks }) => asks.typed === name)) slots.delete(other);
      }
    }
  }
}

describe('the dialogue, whoever speaks where and whatever comes between', () => {
  it('fills a question once, by the same person in the same chat, within ten minutes', async () => {
    await fc.assert(fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), live), { numRuns: 40 });
  }, 120_000);
});
