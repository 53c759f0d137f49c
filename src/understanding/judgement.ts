import { readStatements } from './clauses.ts';
import { choosePeople, idsOf, narrow } from './chosen-people.ts';
import { asksForOwn } from './intent.ts';
import { findDoubt, findStranger } from './doubts.ts';
import { type Placed, readRoles, type Role } from './roles.ts';
import { readLooseRuns } from './loose-words.ts';
import { type Mention, type Sentence, type Span, writeSkeleton } from './sentence.ts';
import { fits, type WordPatterns } from './word-pattern.ts';
import type { Vocabulary } from './vocabulary-shape.ts';

/** What a sentence says of its names. */
export type Judgement = {
  readonly people: readonly string[];
  readonly customers: readonly string[];
  /** Customers that stand only where they say nothing of the person meant, as in a signature. */
  readonly mentionedCustomers: readonly string[];
  /** Names of people who are only mentioned. */
  readonly asides: readonly Mention[];
  /** People to whom a mail was sent. */
  readonly recipients: readonly Mention[];
  /** Words beside a name that nothing explains; then no person is taken without a question. */
  readonly doubt: string | undefined;
};

/** Who is meant, and where, of those whom a sentence names. One person and one customer without a doubt is an answer. */
export function judge(
  sentence: Sentence,
  mentions: readonly Mention[],
  unknown: readonly Span[],
  vocabulary: Vocabulary,
): Judgement {
  const placed = readRoles(sentence, mentions, vocabulary);
  const persons = resolveParts(placed.filter(({ mention }) => mention.kind === 'person'));
  const isOwn = asksForOwn(sentence, mentions, vocabulary);

  const taken = takeCorrections(takeWriter(dropRefused(persons), isOwn));
  const named = passOver(isOwn ? taken : dropParts(taken));
  const senders = named.filter(({ role }) => role !== 'recipient');
  const people = senders.length > 0 ? senders : named;
  const speaksOf = (whom: WordPatterns): boolean =>
    readStatements(sentence, mentions, vocabulary).some(({ clauses }) =>
      clauses.some(({ words }) => fits(words, whom)),
    );
  const { writer, others } = vocabulary.clauses;
  const meant = choosePeople(people, speaksOf(writer) && !speaksOf(others));
  const passing = people.filter(({ role }) => !mayBeMeant.has(role) && role !== 'denied');
  const places = chooseCustomers(
    placed.filter(({ mention }) => mention.kind === 'customer'),
    passing,
    vocabulary,
  );
  const customers = narrow(places.free);
  const correctedAt = places.free.findLast(({ role }) => role === 'corrected')?.mention.from ?? 0;
  const spoken = people.map(({ mention }) => mention).filter(({ ids }) => ids.some((id) => meant.ids.includes(id)));
  const isSettled = spoken.some((mention) => mention.isSettled === true);
  const isNowhere =
    places.free.length === 0 && placed.some(({ mention, role }) => mention.kind === 'customer' && role === 'denied');
  const isOpen = !isSettled && (isNowhere || vocabulary.doubts.test(writeSkeleton(sentence, mentions).skeleton));
  const isTold = ({ mention, before }: Placed): boolean =>
    mention.ids.length === 1 || customers.length > 1 || vocabulary.place.has(before.trim().split(' ').at(-1) ?? '');
  const doubt =
    (isOpen || isOneOfSeveral(sentence, mentions, people, vocabulary) ? '' : undefined) ??
    meant.doubt ??
    findStranger(sentence, mentions, vocabulary) ??
    findDoubt(
      sentence,
      mentions,
      unknown.filter(({ to }) => to > correctedAt),
      [...spoken, ...places.free.filter(isTold).map(({ mention }) => mention)],
      vocabulary,
    );
  return {
    people: meant.ids,
    customers,
    mentionedCustomers: narrow(places.mentioned),
    recipients: named.filter(({ role }) => role === 'recipient').map(({ mention }) => mention),
    asides: people.filter(({ role }) => role === 'aside' || role === 'addressee').map(({ mention }) => mention),
    doubt,
  };
}

const mayBeMeant: ReadonlySet<Role> = new Set(['target', 'corrected', 'stated', 'plain', 'told']);

/** A first name beside the one whole name that has it means the same person, unless it corrects that name. */
function resolveParts(people: readonly Placed[]): readonly Placed[] {
  const whole = people.filter(({ mention }) => mention.isWhole && mention.ids.length === 1);
  return people.map((one) => {
    if (one.mention.isWhole || one.role === 'corrected' || one.role === 'denied') return one;
    const [id, ...others] = idsOf(whole).filter((known) => one.mention.ids.includes(known));
    if (id === undefined || others.length > 0) return one;
    return {
      ...one,
      role: one.role === 'stated' ? 'plain' : one.role,
      mention: { ...one.mention, ids: [id], isWhole: true },
    };
  });
}

/** Whom a clause refuses is not meant, where another clause names somebody else: `Don't reset Jane Doe. Reset John Roe`. */
function dropRefused(people: readonly Placed[]): readonly Placed[] {
  const kept = idsOf(people.filter(({ isRefused, role }) => !isRefused && mayBeMeant.has(role)));
  return people.map((one) =>
    one.isRefused && kept.length > 0 && !one.mention.ids.some((id) => kept.includes(id))
      ? { ...one, role: 'aside' }
      : one,
  );
}

/** Who writes of their own password is meant, where they name no other person whose it is. */
function takeWriter(people: readonly Placed[], isOwn: boolean): readonly Placed[] {
  if (!isOwn || people.some(({ role }) => role === 'target' || role === 'corrected')) return people;
  const whole = people.filter(({ isWriter, mention }) => isWriter && mention.isWhole);
  const [id, ...others] = idsOf(whole);
  const isOther = ({ role, mention }: Placed): boolean =>
    mention.isWhole && mayBeMeant.has(role) && !mention.ids.includes(id ?? '');
  if (
    id === undefined ||
    others.length > 0 ||
    people.some(
      (one) => isOther(one) || (one.role === 'subject' && one.mention.isWhole && !one.mention.ids.includes(id)),
    )
  )
    return people;
  return people.map((one) => {
    const isThey = one.mention.ids.includes(id);
    return isThey
      ? { ...one, mention: { ...one.mention, ids: [id], isWhole: true }, role: 'target' }
      : { ...one, role: one.role === 'denied' ? 'denied' : 'aside' };
  });
}

/** Who stands behind a clear correction takes the place of all who stand before. */
function takeCorrections(people: readonly Placed[]): readonly Placed[] {
  const last = people.findLastIndex(({ role }) => role === 'corrected');
  const kept = people[last]?.mention.ids ?? [];
  const dropped = new Set(idsOf(people.slice(0, Math.max(0, last))).filter((id) => !kept.includes(id)));
  return people.map((one) => (one.mention.ids.every((id) => dropped.has(id)) ? { ...one, role: 'aside' } : one));
}

/**
 * Who is only mentioned at one place is so wherever nothing more is said of them, beside another one who is the target.
 * So is who writes, beside another one.
 */
function passOver(people: readonly Placed[]): readonly Placed[] {
  const whole = people.filter(({ mention }) => mention.isWhole);
  const targets = idsOf(whole.filter(({ role }) => role === 'target'));
  const writers = idsOf(whole.filter(({ role, isWriter }) => role === 'aside' && isWriter));
  const others = idsOf(whole.filter(({ role }) => mayBeMeant.has(role))).filter((id) => !writers.includes(id));
  const passing = idsOf(whole.filter(({ role }) => role === 'aside' || role === 'recipient' || role === 'subject'));
  const asides = targets.length > 0 ? passing : others.length > 0 ? writers : [];
  const isPassing = ({ mention, role }: Placed): boolean =>
    (role === 'plain' || role === 'told' || (role === 'subject' && targets.length === 0)) &&
    mention.ids.every((id) => asides.includes(id) && !targets.includes(id));
  return people.map((one) => (isPassing(one) ? { ...one, role: 'aside' } : one));
}

/** Who speaks of `my password` is one of several people, and need not be the one who is named last. */
function isOneOfSeveral(
  sentence: Sentence,
  mentions: readonly Mention[],
  people: readonly Placed[],
  vocabulary: Vocabulary,
): boolean {
  if (!asksForOwn(sentence, mentions, vocabulary) || people.some(({ role }) => role === 'target')) return false;
  const speaks = ({ role, before }: Placed): boolean =>
    role === 'subject' || role === 'stated' || vocabulary.speaksBefore.test(before);
  const isStranger = ({ from, to }: Mention): boolean =>
    to - from > 1 && sentence.tokens.slice(from, to).every(({ text }) => /^\p{Lu}/u.test(text));
  return (
    idsOf(people.filter(({ mention }) => mention.isWhole)).length > 1 ||
    (!people.some(speaks) && readLooseRuns(sentence, mentions, vocabulary).some(isStranger))
  );
}

/** A part of a name beside the one whole name is somebody who is only mentioned, unless it is their password. */
function dropParts(people: readonly Placed[]): readonly Placed[] {
  const [id, ...others] = idsOf(people.filter(({ role, mention }) => mention.isWhole && mayBeMeant.has(role)));
  if (id === undefined || others.length > 0) return people;
  return people.filter(
    ({ role, mention: { isWhole, ids } }) =>
      isWhole ||
      ids.includes(id) ||
      !(role === 'told' || role === 'subject' || role === 'aside' || role === 'addressee'),
  );
}

/** Where it is: a correction takes back what stands before it, and the place of a person who is only mentioned comes last. */
function chooseCustomers(
  customers: readonly Placed[],
  passing: readonly Placed[],
  { placeOf }: Vocabulary,
): { readonly free: readonly Placed[]; readonly mentioned: readonly Placed[] } {
  const open = customers.filter(({ role }) => role !== 'denied' && role !== 'aside');
  const current = open.slice(
    Math.max(
      0,
      open.findLastIndex(({ role }) => role === 'corrected'),
    ),
  );
  const isPlaceOf = (customer: Placed, person: Placed): boolean =>
    customer.mention.from > person.mention.from &&
    placeOf.test(person.after.slice(0, person.after.length - customer.after.length - '<c>'.length));
  const free = current.filter((customer) => !passing.some((person) => isPlaceOf(customer, person)));
  return {
    free: free.length > 0 ? free : current,
    mentioned: customers.filter(({ role }) => role === 'aside'),
  };
}
