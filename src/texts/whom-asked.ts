import type { Choice, OpenQuestion } from '../reset/index.ts';
import { sanitizeName } from './formatting.ts';

/**
 * What a question is about: the person as they were typed, and the customer by its own name where it is known. Names are fit for a
 * `TextRun`.
 */
export function describeWhom({ asks, choices, readings, closing }: WhomAsked): string {
  if (asks.kind === 'which-confirmation') return whomTexts.confirmation;
  const asksForCustomer = asks.kind !== 'which-user' && asks.kind !== 'near-user' && asks.kind !== 'missing-user';
  const people = asksForCustomer ? typedPeople(readings, asks.typed) : [asks.typed];
  const [first] = choices;
  const of = (choice: Choice): string => (choice.kind === 'customer' ? choice.customer : choice.target.customer).name;
  // A suggestion was not taken yet, so it tells no customer.
  const isSuggested = asks.kind === 'near-customer' || asks.kind === 'near-domain' || asks.kind === 'near-user';
  const isOne = !isSuggested && first !== undefined && choices.every((choice) => of(choice) === of(first));
  const known =
    (closing && 'customer' in closing ? closing.customer.name : asks.customer?.name) ?? (isOne ? of(first) : undefined);
  const typedPlace =
    asksForCustomer && !people.includes(asks.typed) && asks.typed !== ''
      ? whomTexts.typed(sanitizeName(asks.typed))
      : undefined;
  const place = known === undefined ? typedPlace : sanitizeName(known);
  const person = people
    .filter((one) => one !== '')
    .map((one) => whomTexts.typed(sanitizeName(one)))
    .join(', ');
  if (person === '') return place === undefined ? whomTexts.unknown : whomTexts.somebody(place);
  return place === undefined ? person : whomTexts.at(person, place);
}

type WhomAsked = Pick<OpenQuestion, 'asks' | 'choices' | 'readings' | 'closing'>;

/** A sentence may be read in two ways. What is asked about as a customer is no person then. */
function typedPeople(readings: OpenQuestion['readings'], customer: string): readonly string[] {
  const all = [...new Set(readings.map(({ user }) => user))];
  const others = all.filter((user) => user !== customer);
  return others.length > 0 ? others : all;
}

const whomTexts = {
  typed: (name: string) => `“${name}”`,
  at: (person: string, customer: string) => `${person} at ${customer}`,
  somebody: (customer: string) => `somebody at ${customer}`,
  confirmation: 'which reset to confirm',
  unknown: 'a question',
} as const;
