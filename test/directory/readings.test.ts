import { describe, expect, it } from '@jest/globals';
import { createDirectory } from '../../src/directory/directory.ts';
import { createHandClock } from '../support/hand-clock.ts';
import { createFakePartner } from './fake-partner.ts';
import { correlationId, customerId, guid, person, say } from './people.ts';

const customers = [
  {
    id: guid(1),
    name: 'Sea',
    domain: 'sea.example',
    users: [person(100, 'Ann'), person(101, 'Bo Li'), person(102, 'Bo Li', 'bo2')],
  },
  { id: guid(2), name: 'Lake at Sea', domain: 'lake.example', users: [person(200, 'Ann'), person(201, 'Cy Om')] },
  { id: guid(3), name: 'Twin', domain: 'twin-one.example', users: [person(300, 'Ann at Lake')] },
  { id: guid(4), name: 'Twin', domain: 'twin-two.example', users: [] },
];

function find(readings: readonly (readonly [user: string, customer: string | undefined])[], inferred?: number) {
  const { partner } = createFakePartner(customers);
  const directory = createDirectory({ partner, clock: createHandClock() });
  const inferredCustomer = inferred === undefined ? undefined : customerId(inferred);
  return directory.find(
    readings.map(([user, customer]) => ({ user, customer })),
    correlationId,
    { inferredCustomer },
  );
}

describe('several ways to read one sentence', () => {
  it('are settled by the one that means somebody', async () => {
    const readings = [
      ['Cy Om at Lake', 'Sea'],
      ['Cy Om', 'Lake at Sea'],
      ['Cy', 'Om'],
    ] as const;
    for (const order of [readings, readings.toReversed()]) {
      expect(say(await find(order))).toBe('found Cy Om at Lake at Sea');
    }
  });

  it('that mean different people are asked about', async () => {
    const finding = await find([
      ['Ann', 'Lake at Sea'],
      ['Ann', 'Sea'],
    ]);
    expect(finding.kind === 'which-user' && finding.choices.map(({ user }) => user.id)).toEqual([guid(200), guid(100)]);
  });

  it('that mean the same person are one', async () => {
    expect(
      await find(
        [
          ['Cy Om', 'lake.example'],
          ['Om Cy', 'Lake at Sea'],
          ['Cy Om', undefined],
        ],
        2,
      ),
    ).toMatchObject({
      kind: 'found',
      customerInferred: false,
    });
  });

  it('ask where an exact one stands beside several people of one name', async () => {
    const finding = await find([
      ['Cy Om', 'Lake at Sea'],
      ['Bo Li', 'Sea'],
    ]);
    expect(finding.kind === 'which-user' && finding.choices.map(({ user }) => user.id)).toEqual([
      guid(201),
      guid(101),
      guid(102),
    ]);
  });

  it('ask where an exact one stands beside several customers of one name', async () => {
    expect(
      say(
        await find([
          ['Twain', 'Twin'],
          ['Cy Om', 'Lake at Sea'],
        ]),
      ),
    ).toBe('which-customer lake.example twin-one.example twin-two.example');
  });

  it('that mean nobody are answered by the one that names a customer, then by a near customer', async () => {
    expect(
      await find(
        [
          ['Annn', 'Sea'],
          ['x', 'y'],
        ],
        3,
      ),
    ).toMatchObject({ kind: 'no-user', typed: 'Annn', customer: { id: guid(1) } });
    expect(
      await find(
        [
          ['Ann', 'Seaa'],
          ['Ann at Seaa', undefined],
        ],
        2,
      ),
    ).toMatchObject({ kind: 'no-customer', typed: 'Seaa' });
    expect(
      await find(
        [
          ['x', 'qqqq'],
          ['Cy Omm', undefined],
        ],
        2,
      ),
    ).toMatchObject({ kind: 'no-customer', typed: 'qqqq' });
    expect(await find([['x', undefined]])).toEqual({ kind: 'customer-missing', typed: 'x' });
    expect(await find([])).toEqual({ kind: 'customer-missing', typed: '' });
  });
});
