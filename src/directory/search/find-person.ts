import { directoryTunables } from '../../base/index.ts';
import type { Customer, CustomerUser, Finding, Target } from '../../reset/index.ts';
import {
  asksForOwn,
  findWhyNot,
  judge,
  type Mention,
  readLooseRuns,
  readUnknownPlaces,
  type Span,
} from '../../understanding/index.ts';
import { readAddressDomain } from '../customers/domains.ts';
import { splitWords } from '../names/fold-name.ts';
import { everyWordThere } from '../names/near-names.ts';
import { findDeleted, findNearDeleted } from '../users/deleted-users.ts';
import type { Place } from './find-customer.ts';
import { linkNames, mayBeName, nameOf } from './names-in-sentence.ts';
import { inOrder, readTyped, type Search, typedPeople } from './sentence-search.ts';
import { oneLetter } from '../names/typing-errors.ts';

/**
 * Finds the person of a sentence at its customer. Exactly one whole name, address or id is taken. Throws `PartnerError`.
 */
export async function findPerson(search: Search, { customer, inferred }: Place): Promise<Finding> {
  const { asked, users, question, sentence, vocabulary, places, fixed, loose, roles } = search;
  const targets = new Map<string, Target>();
  const linked = (await linkPeople()).toSorted(inOrder);
  const isSomebodyWhole = linked.some(({ isWhole }) => isWhole);
  const people = linked.filter((mention) => mention.isWhole || !isSomebodyWhole || !isPieceOfOther(mention));
  const mentions = [...places, ...people].toSorted(inOrder);
  const why = findWhyNot(sentence, mentions, vocabulary);
  if (why !== undefined) return { kind: 'not-a-reset', why };
  // A part of the name of the customer that is known anyway: `the Northwind with northwind.example`.
  const words = new Set([customer.name, customer.domain].flatMap(splitWords));
  const unknownPlaces = readUnknownPlaces(sentence, mentions, vocabulary, inferred !== 'context').filter(
    (place) => !splitWords(nameOf(sentence, place)).every((word) => words.has(word)) && mayBePlace(place),
  );
  const verdict = judge(sentence, mentions, asked.customer === undefined ? unknownPlaces : [], vocabulary);
  const choices = verdict.people.flatMap((id) => targets.get(id) ?? []);
  const stranger = verdict.people.find((id) => !targets.has(id));
  const [one, ...more] = choices;
  if (one === undefined) {
    const typed = stranger === undefined ? typedPeople(search) : verdict.people.flatMap((id) => readTyped(id) ?? []);
    if (typed.length > 0) return nearestOf(typed);
    return { kind: 'not-a-reset', why: 'missing-user', ...(inferred === false && { customer }) };
  }
  const spoken = people.filter(({ ids }) => verdict.people.some((id) => ids.includes(id)));
  const part = onlyPart(spoken);
  if (part !== undefined) return withDeleted(await nobody(part), [part]);
  const place = inferred === 'context' ? await askPlace(one) : undefined;
  if (place !== undefined) return place;
  const elsewhere = inferred === 'address' ? await nearPlaces() : [];
  if (elsewhere.length > 0) {
    const choices = [customer, ...elsewhere];
    return { kind: 'which-customer', typed: one.user.userPrincipalName, choices, people: typedPeople(search) };
  }
  const others = more.length === 0 && spoken.every(({ isSettled }) => isSettled === true) ? await nearOthers(one) : [];
  if (
    more.length + others.length === 0 &&
    stranger === undefined &&
    verdict.doubt === undefined &&
    !isUncertainWriter()
  )
    return { kind: 'found', target: one, customerInferred: inferred };
  const [first] = spoken;
  const typed = verdict.doubt ?? (first === undefined ? '' : nameOf(sentence, first));
  return { kind: 'which-user', typed, choices: [...choices, ...others], customerInferred: inferred };

  /** A first name in the whole name of somebody who is not here: `Priya Nair`, beside somebody who is. */
  function isPieceOfOther({ from }: Span): boolean {
    const run = loose.find((one) => holds(one, from));
    if (run === undefined || run.to - run.from !== 2) return false;
    return sentence.tokens.slice(run.from, run.to).every(({ text }) => /^\p{Lu}\p{Ll}/u.test(text));
  }

  /** `I forgot my password` may be anybody's at the customer of the last reset. */
  function isUncertainWriter(): boolean {
    return inferred === 'context' && asksForOwn(sentence, mentions, vocabulary);
  }

  /** Where the customer is named, what stands far from every name and is written small is a thing: `can't get at his rota`. */
  function mayBePlace({ from }: Span): boolean {
    const isNear = mentions.some(({ to }) => to >= from - 2 && to <= from);
    const isThing =
      vocabulary.articles.has(sentence.tokens[from - 1]?.key ?? '') &&
      /^\p{Ll}/u.test(sentence.tokens[from]?.text ?? '');
    return inferred !== false || (isNear && !isThing);
  }

  /** Adds to a finding without a user those of these names who were deleted. It is asked for once no one else is found. */
  async function withDeleted(finding: Finding, typed: readonly string[]): Promise<Finding> {
    if (finding.kind !== 'no-user') return finding;
    const index = await search.deleted.read(customer.id, question);
    if (index === 'unknown') return { ...finding, deleted: index };
    const isPlace = (token: number): boolean => places.some((span) => holds(span, token));
    const isPlausible = (span: Span): boolean => mayBeName(sentence, span, vocabulary, 'person');
    const linked = linkNames(index, sentence, isPlace, isPlausible)
      .filter((link) => link.isWhole && !link.isPlain && typed.some((one) => nameOf(sentence, link).includes(one)))
      .flatMap(({ items }) => items);
    const named = findDeleted(index, typed, linked);
    // A living person who is near is more likely meant.
    const deleted = named.length === 0 && finding.near.length === 0 ? findNearDeleted(index, typed) : named;
    return deleted.length > 0 ? { ...finding, deleted } : finding;
  }

  /** Names, whole or in part, and addresses and ids. The users are not read where an address or an id is all there is. */
  async function linkPeople(): Promise<readonly Mention[]> {
    const known: Mention[] = [];
    for (const mention of fixed) {
      const judged = await users.find(customer, readTyped(mention.ids[0] ?? '') ?? '', question);
      known.push(judged.kind === 'one' ? { ...mention, ids: [add(judged.item)], isSettled: true } : mention);
    }
    const isSettled = fixed.length > 0 && loose.length === 0 && roles.doubt === undefined && roles.people.length > 0;
    if (isSettled) return known;
    const isTaken = (token: number): boolean => [...places, ...fixed].some((span) => holds(span, token));
    const links = await users.link(customer, sentence, isTaken, vocabulary, question);
    const named = links.map(({ from, to, items, isWhole }): Mention => {
      return { from, to, kind: 'person', ids: items.map(({ user }) => add(user)), isWhole };
    });
    return [...known, ...named];
  }

  /** Beside an address a word may be the name of another person, typed wrongly. Words that are near to no one are none. */
  async function nearOthers({ user }: Target): Promise<readonly Target[]> {
    const judged = await Promise.all(likeNames().map((typed) => users.find(customer, typed, question)));
    const near = judged.map((found) => (found.kind === 'none' ? found.near(oneLetter).items : []));
    // Where one has the same name, it is the address that tells them apart.
    return near.filter((items) => items.every(({ id }) => id !== user.id)).flatMap((items) => items.map(at(customer)));
  }

  /** Beside an address a word may be another customer's name, typed wrongly; so may the address be then. */
  async function nearPlaces(): Promise<readonly Customer[]> {
    const near = await Promise.all(likeNames().map((typed) => search.customers.findMeant(typed, question)));
    return [...new Map(near.flat().map((found) => [found.id, found])).values()].filter(({ id }) => id !== customer.id);
  }

  /** Words that nothing explains and that are long enough for a name. An initial or a telephone number beside an address is none. */
  function likeNames(): readonly string[] {
    return readLooseRuns(sentence, [...places, ...people], vocabulary)
      .map((run) => nameOf(sentence, run))
      .filter((typed) => (typed.match(/\p{L}/gu)?.length ?? 0) >= directoryTunables.minLettersOfNearName);
  }

  function add(user: CustomerUser): string {
    targets.set(user.id, { customer, user });
    return user.id;
  }

  /** The run of words of which a part of a name is all that is known of the person meant. */
  function onlyPart(spoken: readonly Mention[]): string | undefined {
    if (spoken.some(({ isWhole }) => isWhole)) return undefined;
    const runs = spoken.map(
      (mention) => loose.find((run) => holds(run, mention.from) && holds(run, mention.to - 1)) ?? mention,
    );
    const [run] = runs;
    return run !== undefined && runs.every((other) => other === run) ? nameOf(sentence, run) : undefined;
  }

  /** A word that nothing explains may name a customer, and so may an ordinary word that is one's name. */
  async function askPlace(target: Target): Promise<Finding | undefined> {
    const explained = [...places, ...people];
    const typedPerson = [target.user.displayName];
    const plain = search.plainPlaces.find(
      ({ from, to }) => !explained.some((span) => span.from < to && from < span.to),
    );
    if (plain !== undefined) {
      const typed = nameOf(sentence, plain);
      return { kind: 'which-customer', typed, choices: [...plain.items, customer], people: typedPerson };
    }
    const loose = readLooseRuns(sentence, explained, vocabulary);
    const { asides } = judge(sentence, [...explained, ...loose].toSorted(inOrder), [], vocabulary);
    const run = loose.find((one) => !asides.includes(one));
    if (run === undefined) return undefined;
    const typed = nameOf(sentence, run);
    const judged = await search.customers.find(typed, question);
    const { items, more: cut } = judged.kind === 'none' ? judged.near() : { items: [], more: 0 };
    return { kind: 'no-customer', typed, near: items, more: cut, people: typedPerson };
  }

  /** Of several unknown words the first ones that are near to somebody's name. */
  async function nearestOf(typed: readonly string[]): Promise<Finding> {
    const found = await Promise.all(typed.map(nobody));
    const isNear = (finding: Finding): boolean => finding.kind !== 'no-user' || finding.near.length > 0;
    const nearest = found.find(isNear) ?? found[0] ?? { kind: 'not-a-reset', why: 'missing-user' };
    return withDeleted(nearest, typed);
  }

  /** Another customer, whose domain the address has. */
  async function findOwner(typed: string): Promise<Customer | undefined> {
    const domain = readAddressDomain(typed);
    const owner = domain === undefined ? undefined : await search.customers.findOwner(domain, question);
    return owner?.id === customer.id ? undefined : owner;
  }

  async function nobody(typed: string): Promise<Finding> {
    const judged = await users.find(customer, typed, { ...question, rechecksNotFound: true });
    switch (judged.kind) {
      case 'one': {
        const target: Target = { customer, user: judged.item };
        return { kind: 'found', target, customerInferred: inferred };
      }
      case 'several':
        return { kind: 'which-user', typed, choices: judged.items.map(at(customer)), customerInferred: inferred };
      case 'none': {
        const owner = asked.customer === undefined ? await findOwner(typed) : undefined;
        if (owner !== undefined)
          return { kind: 'which-customer', typed, choices: [owner, customer], people: typedPeople(search) };
        // Where the customer is a guess, a word that is in no user's name may be part of a customer's.
        const { items, more: cut } = judged.near(inferred === 'context' ? everyWordThere : undefined);
        return { kind: 'no-user', typed, customer, customerInferred: inferred, near: items, more: cut };
      }
    }
  }
}

function at(customer: Customer): (user: CustomerUser) => Target {
  return (user) => ({ customer, user });
}

function holds({ from, to }: Span, token: number): boolean {
  return from <= token && token < to;
}
