import { asId, type CustomerId, directoryTunables } from '../../base/index.ts';
import type { Customer, CustomerInferred, Finding, PersonFinding } from '../../reset/index.ts';
import { readUnknownPlaces } from '../../understanding/index.ts';
import { readAddressDomain } from '../customers/domains.ts';
import { isWithinReach } from '../directory-question.ts';
import { nameOf } from './names-in-sentence.ts';
import { readTyped, type Search, typedPeople } from './sentence-search.ts';
import { oneLetter } from '../names/typing-errors.ts';

/** The customer of a sentence, and where it is known from. */
export type Place = { readonly kind: 'place'; readonly customer: Customer; readonly inferred: CustomerInferred };

/** What is asked back where the customer is not certain. */
type PlaceQuestion = Exclude<PersonFinding, { kind: 'found' | 'no-user' | 'which-user' }> | NotAReset;

type NotAReset = Extract<Finding, { kind: 'not-a-reset' }>;

/**
 * Finds the customer of a sentence. The customer that it names comes first, then the owner of the domain of its
 * address. The customer of the chat's last reset counts only where no word may be a customer's name. Throws
 * `PartnerError`.
 */
export async function findPlace(search: Search): Promise<Place | PlaceQuestion> {
  const { asked, customers, question, roles, sentence, places, fixed, loose, vocabulary } = search;
  const people = typedPeople(search);
  if (asked.customer !== undefined) {
    const { id, name } = asked.customer;
    if (isWithinReach(id, question)) return { kind: 'place', customer: asked.customer, inferred: false };
    return { kind: 'no-customer', typed: name, near: [], more: 0, people };
  }
  if (roles.customers.length > 0) return namedPlace(roles.customers);
  const { domains, owners, known } = await findOwners();
  const [first, ...others] = known;
  if (first !== undefined && others.length > 0) return whichCustomer(domains.join(', '), known);
  const unknown = owners.flatMap((owner, at) => (owner.kind === 'none' ? [{ owner, domain: domains[at] ?? '' }] : []));
  const [nowhere] = unknown;
  if (nowhere !== undefined && roles.mentionedCustomers.length > 0) return namedPlace(roles.mentionedCustomers);
  if (nowhere !== undefined) return (await ownerByContext()) ?? unknownDomain(nowhere.domain, nowhere.owner);
  if (first !== undefined) return { kind: 'place', customer: first, inferred: 'address' };
  if (roles.mentionedCustomers.length > 0) return namedPlace(roles.mentionedCustomers);
  return (await placeOfMentioned()) ?? (await unknownPlace()) ?? contextPlace();

  /** The customers whose domains the addresses of the people meant have. */
  async function findOwners() {
    const domains = [...new Set(people.flatMap((one) => readAddressDomain(one) ?? []))];
    const owners = await Promise.all(domains.map((domain) => customers.findByDomain(domain, question)));
    return { domains, owners, known: distinct(owners.flatMap((owner) => (owner.kind === 'one' ? [owner.item] : []))) };
  }

  async function namedPlace(ids: readonly string[]): Promise<Place | PlaceQuestion> {
    const found = await Promise.all(ids.map((id) => customers.findById(asId<CustomerId>(id), question)));
    const choices = found.flatMap((one) => one ?? []);
    const [only, ...more] = choices;
    if (only !== undefined && more.length === 0) return { kind: 'place', customer: only, inferred: false };
    const [owner, ...others] = (await findOwners()).known;
    if (
      owner !== undefined &&
      others.length === 0 &&
      places.every((place) => place.ids.includes(owner.id)) &&
      ids.includes(owner.id)
    )
      return { kind: 'place', customer: owner, inferred: 'address' };
    const spoken = places.find((place) => place.ids.some((id) => ids.includes(id)));
    return whichCustomer(spoken === undefined ? '' : nameOf(sentence, spoken), choices);
  }

  /** An address at a domain that nothing tells of is a user's of the chat's customer where it is to the letter. */
  async function ownerByContext(): Promise<Place | undefined> {
    const customer = await readContext();
    if (customer === undefined) return undefined;
    const found = await Promise.all(people.map((one) => search.users.find(customer, one, question)));
    return found.every(({ kind }) => kind === 'one') ? { kind: 'place', customer, inferred: 'address' } : undefined;
  }

  /** Where those work who are only mentioned. */
  async function placeOfMentioned(): Promise<Place | PlaceQuestion | undefined> {
    const mentioned = fixed
      .filter((mention) => !roles.recipients.includes(mention))
      .flatMap(({ ids: [id = ''] }) => readAddressDomain(readTyped(id) ?? '') ?? []);
    const found = await Promise.all(mentioned.map((domain) => customers.findOwner(domain, question)));
    const [only, ...more] = distinct(found.flatMap((one) => one ?? []));
    if (only === undefined) return undefined;
    return more.length === 0
      ? { kind: 'place', customer: only, inferred: 'address' }
      : whichCustomer(mentioned.join(', '), [only, ...more]);
  }

  /** What stands where a customer is named and is none that is known by this name; its domain may be looked up. */
  async function unknownPlace(): Promise<Place | PlaceQuestion | undefined> {
    const explained = [...places, ...fixed.filter(({ isAddress }) => isAddress === true)];
    const [place] = readUnknownPlaces(sentence, explained, vocabulary, false);
    if (place === undefined) return undefined;
    const typed = nameOf(sentence, place);
    const judged = await customers.find(typed, { ...question, rechecksNotFound: true });
    switch (judged.kind) {
      case 'one':
        return { kind: 'place', customer: judged.item, inferred: false };
      case 'several':
        return whichCustomer(typed, judged.items);
      case 'none': {
        if (judged.elsewhere) return unknownDomain(typed, judged);
        const { items, more } = judged.near();
        return { kind: 'no-customer', typed, near: items, more, people };
      }
    }
  }

  async function contextPlace(): Promise<Place | PlaceQuestion> {
    const customer = await readContext();
    if (customer !== undefined) return { kind: 'place', customer, inferred: 'context' };
    const [typed] = people;
    if (typed === undefined) return { kind: 'not-a-reset', why: 'missing-user' };
    return (await nearPlace()) ?? { kind: 'customer-missing', typed, people };
  }

  /** A customer that was typed in part, or wrongly. */
  async function nearPlace(): Promise<PlaceQuestion | undefined> {
    return (await nearRun()) ?? nearEnd();
  }

  /** A run of its own that is a part of a customer's name, or nearly: `Copper: reset Mila Blom`. */
  async function nearRun(): Promise<PlaceQuestion | undefined> {
    if (loose.length < 2) return undefined;
    for (const run of loose) {
      const typed = nameOf(sentence, run);
      const judged = await customers.find(typed, question);
      if (judged.kind !== 'none') continue;
      const { items, more } = judged.near(oneLetter);
      const rest = loose.filter((other) => other !== run).map((other) => nameOf(sentence, other));
      if (items.length > 0) return { kind: 'no-customer', typed, near: items, more, people: rest };
    }
    return undefined;
  }

  /** A part of a customer's name, or nearly, at an end of a run, beside at least two words of a person's name. */
  async function nearEnd(): Promise<PlaceQuestion | undefined> {
    for (const { from, to } of loose) {
      for (let length = Math.min(directoryTunables.maxNearNameWords, to - from - 2); length > 0; length -= 1) {
        for (const span of [
          { from: to - length, to },
          { from, to: from + length },
        ]) {
          const typed = nameOf(sentence, span);
          const judged = await customers.find(typed, question);
          if (judged.kind !== 'none') continue;
          const { items, more } = judged.near(oneLetter);
          const rest = nameOf(sentence, span.from === from ? { from: span.to, to } : { from, to: span.from });
          if (items.length > 0) return { kind: 'no-customer', typed, near: items, more, people: [rest] };
        }
      }
    }
    return undefined;
  }

  async function readContext(): Promise<Customer | undefined> {
    const { inferredCustomer } = question;
    return inferredCustomer === undefined ? undefined : customers.findById(inferredCustomer, question);
  }

  function whichCustomer(typed: string, choices: readonly Customer[]): PlaceQuestion {
    return { kind: 'which-customer', typed, choices, people };
  }

  function unknownDomain(
    typed: string,
    { elsewhere, near }: { elsewhere: boolean; near: () => { items: readonly Customer[]; more: number } },
  ): PlaceQuestion {
    const { items, more } = near();
    return { kind: 'unknown-domain', typed, elsewhere, near: items, more, people };
  }
}

function distinct(found: readonly Customer[]): readonly Customer[] {
  return [...new Map(found.map((one) => [one.id, one])).values()];
}
