import { writeSkeleton, type Mention, type Sentence, type Span } from './sentence.ts';
import type { Label, Vocabulary } from './vocabulary-shape.ts';

/**
 * `subject`: a person of whom something is said; beside another person they are only mentioned. So is an `addressee`, to
 * whom something is said, sent or given.
 */
type Role = 'target' | 'aside' | 'addressee' | 'subject' | 'denied' | 'plain';

/** What part each name plays in its sentence. */
function readRoles(
  skeleton: string,
  at: ReadonlyMap<Mention, Span>,
  vocabulary: Vocabulary,
): (mention: Mention) => Role {
  const signOff = skeleton.search(vocabulary.signOff);
  return (mention) => {
    const place = at.get(mention);
    if (place === undefined) return 'plain';
    const [before, after] = [skeleton.slice(0, place.from), skeleton.slice(place.to)];
    if (vocabulary.denies.test(before) || vocabulary.deniesAfter.test(after)) return 'denied';
    const label = readLabel(before, vocabulary);
    if (label === 'aside') return 'aside';
    if (mention.kind === 'customer') return signOff !== -1 && place.from > signOff ? 'aside' : 'plain';
    if (label === 'user' || label === 'contact') return 'target';
    if (label === 'subject') return 'subject';
    if (signOff !== -1 && place.from > signOff) return 'aside';
    if (vocabulary.ownerAfter.test(after) || vocabulary.ownerBefore.test(before)) return 'aside';
    if (vocabulary.targetAfter.test(after)) return 'target';
    if (vocabulary.targetBefore.test(before)) return 'target';
    if (vocabulary.asideBefore.test(before)) return 'aside';
    if (vocabulary.addresseeBefore.test(before)) return 'addressee';
    if (mention.isAddress === true && vocabulary.asideBeforeAddress.test(before)) return 'aside';
    return vocabulary.asideAfter.test(after) || vocabulary.subjectBefore.test(before) ? 'subject' : 'plain';
  };
}

/** The label of the line, or of the part of a line, in which a name stands. */
function readLabel(before: string, { labels }: Vocabulary): Label | undefined {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const found = [...line.matchAll(/(?:^|[,.;|>-] |\n)\s*([a-z][a-z -]{0,24}):(?!\d)/g)].at(-1);
  const words = found?.[1]?.trim() ?? '';
  if (words === 'from' && /\buser:/.test(before)) return undefined;
  return labels.find(([, pattern]) => pattern.test(words))?.[0];
}

/** What a sentence says of its names. */
export type Judgement = {
  readonly people: readonly string[];
  readonly customers: readonly string[];
  /** Names of people who are only mentioned. */
  readonly asides: readonly Mention[];
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
  const { skeleton, at } = writeSkeleton(sentence, mentions);
  const roleOf = readRoles(skeleton, at, vocabulary);
  const roles = mentions.map((mention) => ({ mention, role: roleOf(mention) }));
  const people = roles.filter(({ mention }) => mention.kind === 'person');
  const meant = choosePeople(people);
  const asides = people
    .filter(({ role }) => role !== 'target' && role !== 'plain' && role !== 'denied')
    .map(({ mention }) => mention);
  const customers = chooseCustomers(
    skeleton,
    at,
    roles.filter(({ mention }) => mention.kind === 'customer'),
    asides,
    vocabulary,
  );
  const doubt =
    meant.doubt ??
    findDoubt(
      sentence,
      mentions,
      unknown,
      vocabulary,
      people.filter(({ mention }) => mention.ids.some((id) => meant.ids.includes(id))).map(({ mention }) => mention),
    );
  const mentioned = people.filter(({ role }) => role === 'aside' || role === 'addressee').map(({ mention }) => mention);
  return { people: meant.ids, customers, asides: mentioned, doubt };
}

type WithRole = { readonly mention: Mention; readonly role: Role };

const idsOf = (kept: readonly WithRole[]): readonly string[] => [
  ...new Set(kept.flatMap(({ mention }) => mention.ids)),
];

/** Those who are not only mentioned; where each is only mentioned, they may be meant, but that is asked. */
function choosePeople(people: readonly WithRole[]): {
  readonly ids: readonly string[];
  readonly doubt: string | undefined;
} {
  const open = people.filter(({ role }) => role !== 'denied');
  const targets = open.filter(({ role }) => role === 'target');
  const plain = open.filter(({ role }) => role === 'plain');
  const subjects = open.filter(({ role }) => role === 'subject');
  // Of whom something is said, they yield to the one whose password it surely is, and to no other person.
  const notAside = targets.length > 0 ? [...targets, ...plain] : [...plain, ...subjects];
  const kept =
    notAside.length > 0 && (targets.length > 0 || subjects.length === 0 || idsOf(open).length === 1) ? notAside : open;
  const settled = findSettled(kept);
  if (settled !== undefined && people.every(({ role }) => role !== 'denied'))
    return { ids: [settled], doubt: undefined };
  const isPart = kept.some(({ mention }) => !mention.isWhole);
  const isAddressed = idsOf(open).length === 1 && open.every(({ role }) => role === 'addressee');
  const isGuess = notAside.length === 0 && open.length > 0 && !isAddressed;
  // `Edith Ramos, not the other Edith`: a part of a name denies those of this name who are not named whole.
  const whole = idsOf(kept.filter(({ mention }) => mention.isWhole));
  const denied = people
    .filter(({ role }) => role === 'denied')
    .flatMap(({ mention: { ids, isWhole } }) => (isWhole ? ids : ids.filter((id) => !whole.includes(id))));
  const ids = narrow(kept).filter((id) => !denied.includes(id));
  const isPartDenied = people.every(({ role, mention }) => role !== 'denied' || !mention.isWhole);
  return {
    ids: isPartDenied && ids.length === 1 ? ids : [...new Set([...ids, ...denied])],
    doubt: isPart || isGuess ? '' : undefined,
  };
}

/** The one whose address is named, where every other whole name may be theirs too. */
function findSettled(kept: readonly WithRole[]): string | undefined {
  const [id, ...others] = idsOf(kept.filter(({ mention }) => mention.isSettled === true));
  if (id === undefined || others.length > 0) return undefined;
  return kept.every(({ mention }) => !mention.isWhole || mention.ids.includes(id)) ? id : undefined;
}

/** The ids of people; where only parts of names are named, of those who have all of them: `Jane, last name Doe`. */
function narrow(kept: readonly WithRole[]): readonly string[] {
  const all = idsOf(kept);
  const shared = all.filter((id) => kept.every(({ mention }) => !mention.isWhole && mention.ids.includes(id)));
  return shared.length > 0 ? shared : all;
}

/** Where it is: a correction takes back what stands before it, and the place of a person who is only mentioned comes last. */
function chooseCustomers(
  skeleton: string,
  at: ReadonlyMap<Mention, Span>,
  customers: readonly WithRole[],
  asides: readonly Mention[],
  vocabulary: Vocabulary,
): readonly string[] {
  const open = customers.filter(({ role }) => role !== 'denied' && role !== 'aside');
  const corrected = open.findLastIndex(({ mention }) =>
    vocabulary.corrects.test(skeleton.slice(0, at.get(mention)?.from ?? 0)),
  );
  const current = corrected > 0 ? open.slice(corrected) : open;
  const free = current.filter(({ mention }) => !asides.some((aside) => isPlaceOf(mention, aside)));
  return idsOf(
    free.length > 0 ? free : current.length > 0 ? current : customers.filter(({ role }) => role === 'aside'),
  );

  function isPlaceOf(customer: Mention, aside: Mention): boolean {
    const [one, other] = [at.get(aside), at.get(customer)];
    if (one === undefined || other === undefined || other.from < one.to) return false;
    return vocabulary.placeOf.test(skeleton.slice(one.to, other.from));
  }
}

/** Words that touch a name and that nothing explains: `Jane van Doe`, `Doe Jr`, `Contoso UK`. */
function findDoubt(
  { tokens, text }: Sentence,
  mentions: readonly Mention[],
  unknown: readonly Span[],
  { common }: Vocabulary,
  people: readonly Mention[],
): string | undefined {
  const covered = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n)));
  const isLoose = (number: number): boolean => {
    const token = tokens[number];
    return token?.kind === 'word' && !covered.has(number) && !common.has(token.key);
  };
  /** A sign inside a name, such as the dot of an initial; not the end of a sentence. */
  const isJoint = (number: number, step: number): boolean => {
    const sign = tokens[number]?.text ?? '';
    const isSign = step === 1 ? /^[.&+)]$/.test(sign) : /^[&+)]$/.test(sign);
    return isSign && /^[^A-Z]/.test(tokens[number + step]?.text ?? '');
  };
  const isSettled = people.some((mention) => mention.isSettled === true);
  for (const mention of isSettled ? [] : [...people, ...mentions.filter(({ kind }) => kind === 'customer')]) {
    for (const step of [-1, 1]) {
      let next = step === 1 ? mention.to : mention.from - 1;
      if (step === 1 && tokens[mention.to - 1]?.isPossessive === true) continue;
      while (isJoint(next, step)) next += step;
      if (isLoose(next))
        return text.slice(
          Math.min(tokens[next]?.start ?? 0, tokens[mention.from]?.start ?? 0),
          Math.max(tokens[next]?.end ?? 0, tokens[mention.to - 1]?.end ?? 0),
        );
    }
  }
  const [first] = unknown;
  return first === undefined ? undefined : text.slice(tokens[first.from]?.start, tokens[first.to - 1]?.end);
}
