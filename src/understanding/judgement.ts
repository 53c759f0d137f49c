import { isNoName, readLooseRuns, writeSkeleton, type Mention, type Sentence, type Span } from './sentence.ts';
import { foldWord } from './tokens.ts';
import type { Label, Vocabulary } from './vocabulary-shape.ts';

/**
 * `subject`: a person of whom something is said; beside another person they are only mentioned. So is an `addressee`, to
 * whom something is said, sent or given. `stated`: of whom it is said that they are the one, as in a correction; they are
 * never passed over.
 */
type Role = 'target' | 'stated' | 'aside' | 'addressee' | 'recipient' | 'subject' | 'denied' | 'plain';

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
    const isTarget = vocabulary.targetAfter.test(after) || vocabulary.targetBefore.test(before);
    if (mention.kind === 'person' && !isTarget && isStated(before, after)) return 'stated';
    const label = vocabulary.senderBefore.test(before) ? 'sender' : readLabel(before, vocabulary);
    if (label === 'aside') return 'aside';
    if (label === 'recipient') return mention.kind === 'customer' ? 'aside' : 'recipient';
    // Who writes of their own password is meant where the letter names no other person.
    if (label === 'sender') return vocabulary.ownPassword.test(skeleton) ? 'subject' : 'aside';
    if (mention.kind === 'customer') return signOff !== -1 && place.from > signOff ? 'aside' : 'plain';
    if (label === 'user' || label === 'contact') return 'target';
    if (label === 'subject') return 'subject';
    if (signOff !== -1 && place.from > signOff) return 'aside';
    if (vocabulary.ownerAfter.test(after) || vocabulary.ownerBefore.test(before)) return 'aside';
    if (isTarget) return 'target';
    if (vocabulary.asideBefore.test(before)) return 'aside';
    if (vocabulary.addresseeBefore.test(before)) return 'addressee';
    if (mention.isAddress === true && vocabulary.asideBeforeAddress.test(before)) return 'aside';
    if (vocabulary.asideAfter.test(after) || vocabulary.subjectBefore.test(before)) return 'subject';
    return before.includes('<p>') && /[^\p{L}\p{N}<>'\s:|] ?$/u.test(before) && /^(?:$|\W)/.test(after)
      ? 'stated'
      : 'plain';
  };

  /** A correction of the person who is named before, or who tells that it is they whose password it is. */
  function isStated(before: string, after: string): boolean {
    const introduces = vocabulary.introduces.test(after);
    if ((introduces || vocabulary.speaksBefore.test(before)) && vocabulary.ownNeed.test(skeleton)) return true;
    return before.includes('<p>') && vocabulary.takesBack.test(before) && !introduces;
  }
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
  const { skeleton, at } = writeSkeleton(sentence, mentions);
  const roleOf = readRoles(skeleton, at, vocabulary);
  const roles = mentions.map((mention) => ({ mention, role: roleOf(mention) }));
  const named = roles.filter(({ mention }) => mention.kind === 'person');
  const senders = named.filter(({ role }) => role !== 'recipient');
  const people = senders.length > 0 ? senders : named;
  const meant = choosePeople(people);
  const asides = people
    .filter(({ role }) => role !== 'target' && role !== 'stated' && role !== 'plain' && role !== 'denied')
    .map(({ mention }) => mention);
  const recipients = named.filter(({ role }) => role === 'recipient').map(({ mention }) => mention);
  const places = roles.filter(({ mention }) => mention.kind === 'customer');
  const isCorrection = ({ mention }: WithRole): boolean =>
    vocabulary.corrects.test(skeleton.slice(0, at.get(mention)?.from ?? 0)) &&
    // In `Sorry, Contoso must wait` nothing is corrected.
    /^(?:[^\p{L}\p{N}<']*$| ?[^\p{L}\p{N}<' ])/u.test(skeleton.slice(at.get(mention)?.to ?? 0));
  const { free, mentioned: idle } = chooseCustomers(skeleton, at, places, isCorrection, asides, vocabulary);
  const correctedAt = places.findLast((place) => free.includes(place) && isCorrection(place))?.mention.from ?? 0;
  // Who speaks of `my password` is one of several people, and need not be the one who is named last.
  const isOwn = vocabulary.ownNeed.test(skeleton) && people.every(({ role }) => role !== 'target');
  const speaks = ({ mention, role }: WithRole): boolean =>
    role === 'subject' ||
    role === 'stated' ||
    vocabulary.speaksBefore.test(skeleton.slice(0, at.get(mention)?.from ?? 0));
  const isStranger = ({ from, to }: Mention): boolean =>
    sentence.tokens.slice(from, to).some(({ text, key }) => /^\p{Lu}/u.test(text) && !vocabulary.common.has(key));
  const isOneOfSeveral =
    isOwn &&
    (idsOf(people.filter(({ mention }) => mention.isWhole)).length > 1 ||
      (!people.some(speaks) && readLooseRuns(sentence, mentions, vocabulary).some(isStranger)));
  const doubt =
    (isOneOfSeveral ? '' : undefined) ??
    meant.doubt ??
    findStranger(sentence, mentions, vocabulary) ??
    findDoubt(
      sentence,
      mentions,
      unknown.filter(({ to }) => to > correctedAt),
      vocabulary,
      people.filter(({ mention }) => mention.ids.some((id) => meant.ids.includes(id))).map(({ mention }) => mention),
    );
  const mentioned = people.filter(({ role }) => role === 'aside' || role === 'addressee').map(({ mention }) => mention);
  return {
    people: meant.ids,
    customers: narrow(free),
    mentionedCustomers: narrow(idle),
    recipients,
    asides: mentioned,
    doubt,
  };
}

/** Somebody who is not known here and takes the place of the person who is named before them, with a whole name. */
function findStranger(sentence: Sentence, mentions: readonly Mention[], vocabulary: Vocabulary): string | undefined {
  const first = mentions.find(({ kind }) => kind === 'person');
  const isName = (run: Span, word = /^[\p{L}'-]{2,}$/u): boolean =>
    run.to - run.from > 1 &&
    run.to - run.from <= longestStranger &&
    sentence.tokens.slice(run.from, run.to).every(({ text }) => word.test(text));
  const loose = readLooseRuns(sentence, mentions, vocabulary).filter(
    (run) => first !== undefined && first.from < run.from && isName(run),
  );
  if (loose.length === 0) return undefined;
  const { skeleton, at } = writeSkeleton(sentence, [...mentions, ...loose]);
  const roleOf = readRoles(skeleton, at, vocabulary);
  const stranger = loose.find((run) => {
    const role = roleOf(run);
    const before = skeleton.slice(0, at.get(run)?.from ?? 0);
    const isNext = vocabulary.takesBack.test(before) || vocabulary.targetBefore.test(before);
    return (role === 'target' || role === 'stated') && (isNext || isName(run, /^\p{Lu}\p{Ll}/u));
  });
  return stranger === undefined ? undefined : textOf(sentence, stranger);
}

/** In words. */
const longestStranger = 3;

function textOf({ text, tokens }: Sentence, { from, to }: Span): string {
  return text.slice(tokens[from]?.start, tokens[to - 1]?.end);
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
  const plain = open.filter(({ role }) => role === 'plain' || role === 'stated');
  const subjects = open.filter(({ role }) => role === 'subject');
  // Of whom something is said, they yield to the one whose password it surely is, and to no other person.
  const notAside = targets.length > 0 ? [...targets, ...plain] : [...plain, ...subjects];
  const surely =
    notAside.length > 0 && (targets.length > 0 || subjects.length === 0 || idsOf(open).length === 1) ? notAside : open;
  const kept = surely.filter((one) => !isRepeated(one, [...targets, ...open.filter(({ role }) => role === 'stated')]));
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
  // Whom a sentence rules out is not offered; nor is the other one taken without a question.
  if (ids.length === 1 && !isPart && !isPartDenied) return { ids, doubt: '' };
  return {
    ids: isPartDenied && ids.length === 1 ? ids : [...new Set([...ids, ...denied])],
    doubt: isPart || isGuess ? '' : undefined,
  };
}

/** The one whose address is named, where every other whole name may be theirs too. */
function findSettled(kept: readonly WithRole[]): string | undefined {
  const [id, ...others] = idsOf(kept.filter(({ mention }) => mention.isSettled === true));
  if (id === undefined || others.length > 0) return undefined;
  const mayBeThey = ({ mention, role }: WithRole): boolean =>
    (!mention.isWhole && role === 'plain') || mention.ids.includes(id);
  return kept.every(mayBeThey) ? id : undefined;
}

/** A part of the whole name of the one whose password it is: `Jane Doe, that is Jane with an e`. */
function isRepeated({ mention, role }: WithRole, targets: readonly WithRole[]): boolean {
  const whole = targets.filter((target) => target.mention.isWhole);
  const [id, ...others] = idsOf(whole);
  return (
    (role === 'plain' || role === 'stated') &&
    !mention.isWhole &&
    id !== undefined &&
    others.length === 0 &&
    mention.ids.includes(id)
  );
}

/**
 * The ids of those named. Parts of names mean those who have all of them (`Jane, last name Doe`); a name of several
 * customers means the one that is told apart beside it.
 */
function narrow(kept: readonly WithRole[]): readonly string[] {
  const all = idsOf(kept);
  const mayShare = kept.every(({ mention }) => !mention.isWhole || mention.kind === 'customer');
  const shared = mayShare ? all.filter((id) => kept.every(({ mention }) => mention.ids.includes(id))) : [];
  return shared.length > 0 ? shared : all;
}

/** Where it is: a correction takes back what stands before it, and the place of a person who is only mentioned comes last. */
function chooseCustomers(
  skeleton: string,
  at: ReadonlyMap<Mention, Span>,
  customers: readonly WithRole[],
  isCorrection: (customer: WithRole) => boolean,
  asides: readonly Mention[],
  vocabulary: Vocabulary,
): { readonly free: readonly WithRole[]; readonly mentioned: readonly WithRole[] } {
  const open = customers.filter(({ role }) => role !== 'denied' && role !== 'aside');
  const corrected = open.findLastIndex(isCorrection);
  const current = corrected > 0 ? open.slice(corrected) : open;
  const free = current.filter(({ mention }) => !asides.some((aside) => isPlaceOf(mention, aside)));
  const mentioned = customers.filter(({ role }) => role === 'aside');
  return { free: free.length > 0 ? free : current, mentioned };

  function isPlaceOf(customer: Mention, aside: Mention): boolean {
    const [one, other] = [at.get(aside), at.get(customer)];
    if (one === undefined || other === undefined || other.from < one.to) return false;
    return vocabulary.placeOf.test(skeleton.slice(one.to, other.from));
  }
}

/** Words that touch a name and that nothing explains: `Jane van Doe`, `Doe Jr`, `Contoso UK`. */
function findDoubt(
  sentence: Sentence,
  mentions: readonly Mention[],
  unknown: readonly Span[],
  vocabulary: Vocabulary,
  people: readonly Mention[],
): string | undefined {
  const { tokens, text } = sentence;
  const covered = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, n) => from + n)));
  const isLoose = (number: number): boolean => {
    const token = tokens[number];
    return (
      token?.kind === 'word' &&
      !covered.has(number) &&
      !vocabulary.common.has(token.key) &&
      !isNoName(sentence, number, vocabulary)
    );
  };
  /** A sign inside a name, such as the dot of an initial; not the end of a sentence. */
  const isJoint = (number: number, step: number): boolean => {
    const sign = tokens[number]?.text ?? '';
    const isSign = step === 1 ? /^[.&+)]$/.test(sign) : /^[&+)]$/.test(sign);
    const isEllipsis = sign === '.' && [tokens[number - 1], tokens[number + 1]].some((other) => other?.text === '.');
    return isSign && !isEllipsis && /^[^A-Z]/.test(tokens[number + step]?.text ?? '');
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
  const named = new Set(people.flatMap(({ from, to }) => tokens.slice(from, to).map(({ key }) => key)));
  const unnamed = sentence.spelled?.find((word) => !named.has(foldWord(word)));
  if (unnamed !== undefined && !isSettled) return unnamed;
  const [first] = unknown;
  return first === undefined ? undefined : textOf(sentence, first);
}
