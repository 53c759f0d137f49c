import { createDraw, type BenchCustomer, type BenchPerson } from './make-people.ts';

/** A question of a technician, and the name of the person, or of the customer that is mistyped, whom they mean. */
export type BenchQuestion = {
  readonly kind: string;
  readonly user: string;
  readonly customer: string;
  readonly means: string;
};

/** Questions by half a name, with a typing error, in the other order, by an initial, and with a customer mistyped. */
export function makeQuestions(
  people: readonly BenchPerson[],
  customers: readonly BenchCustomer[],
  count: number,
): readonly BenchQuestion[] {
  const draw = createDraw(3);
  const at = (length: number): number => Math.floor(draw() * length);
  const mistype = (name: string): string => {
    const place = at(name.length);
    const [before, here, after] = [name.slice(0, place), name.charAt(place), name.slice(place + 1)];
    const letter = String.fromCharCode(97 + at(26));
    const ways = [before + after, before + letter + here + after, before + letter + after];
    return ways[at(3)] ?? name;
  };
  const here = customers[0]?.name ?? '';
  return Array.from({ length: count }, (_, number) => {
    const { first = '', last = '' } = people[at(people.length)] ?? {};
    const means = `${first} ${last}`;
    const other = customers[at(customers.length)]?.name ?? '';
    const kinds: readonly Omit<BenchQuestion, 'means'>[] = [
      { kind: 'exact', user: means, customer: here },
      { kind: 'halves', user: `${first.slice(0, 3)} ${last.slice(0, 4)}`, customer: here },
      { kind: 'typing error', user: mistype(means), customer: here },
      { kind: 'error, reversed', user: mistype(`${last} ${first}`), customer: here },
      { kind: 'initial', user: `${first.charAt(0)} ${last}`, customer: here },
      { kind: 'customer mistyped', user: means, customer: mistype(other) },
    ];
    const { kind = '', user = '', customer = '' } = kinds[number % kinds.length] ?? {};
    return { kind, user, customer, means: kind === 'customer mistyped' ? other : means };
  });
}
