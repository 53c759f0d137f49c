import { readStatements } from './clauses.ts';
import type { Mention, Sentence, Span } from './sentence.ts';
import type { Clause, Statement } from './statement.ts';
import { fits, readWords, type Words } from './word-pattern.ts';
import type { ClauseVocabulary, Vocabulary, WhyNotAReset } from './vocabulary-shape.ts';

/** What a message wants: a reset, or why not. Both are missing where nothing in it asks for one. */
export type Intent = { readonly asks: boolean; readonly why: WhyNotAReset | undefined };

/** Reads whether a message asks for a reset. The last clause that says anything about it decides. */
export function readIntent(sentence: Sentence, mentions: readonly Mention[], vocabulary: Vocabulary): Intent {
  const { clauses: words } = vocabulary;
  const read = dropQuoted(readStatements(sentence, mentions, vocabulary), words);
  const texts = read.map(({ clauses }) => clauses.map((clause) => clause.words.units).join(' ,~MARK~'));
  const whole = readWords(texts.join(' ;~MARK~'));
  const { asks, why } = read
    .flatMap((statement) => statement.clauses.map((_, at) => ({ statement, at })))
    .reduce<Weighed>((before, { statement, at }) => weigh(before, statement, at, words), nothingYet);
  const isAsked = asks !== 'no';
  if (fits(whole, words.several) || listsAddresses(sentence, mentions)) return { asks: isAsked, why: 'several-users' };
  if (isAsked && isOwn(read, mentions, whole, words)) return { asks: true, why: 'own-password' };
  return isAsked && fits(whole, words.missing) ? { asks: false, why: 'missing-user' } : { asks: isAsked, why };
}

/** What a message asks for up to one of its clauses. */
type Weighed = {
  /** A lack asks less clearly than an order, and yields to what is told behind it. */
  readonly asks: 'no' | 'by-lack' | 'by-order';
  readonly why: WhyNotAReset | undefined;
  /** Somebody was named since it was last refused or asked about. */
  readonly isNamed: boolean;
  readonly isUnreal: boolean;
  /** It began as the note of what was done, and only a plain request counts since. */
  readonly isClosed: boolean;
};

const nothingYet: Weighed = { asks: 'no', why: undefined, isNamed: false, isUnreal: false, isClosed: false };

function weigh(past: Weighed, statement: Statement, at: number, words: ClauseVocabulary): Weighed {
  const clause = statement.clauses[at];
  if (clause === undefined || past.isUnreal) return past;
  const before = fits(clause.words, words.closing) ? { ...past, isClosed: true, why: 'not-understood' as const } : past;
  if (before.isClosed && !fits(clause.words, words.request)) return before;
  const named: Weighed = { ...before, isNamed: before.isNamed || clause.words.has.has('PERSON') };
  const other = readOtherThing(clause, words);
  switch (clause.mood) {
    case undefined:
      return named;
    case 'unreal':
      return { ...nothingYet, why: 'negated', isUnreal: true };
    case 'condition':
      return before.asks === 'no' && fits(clause.words, words.event) ? { ...named, why: 'not-understood' } : named;
    case 'order':
    case 'lack':
      if (other !== undefined) return weighOther(named, other, at);
      if (isQuestion(statement, words)) return { ...named, why: before.why ?? 'question' };
      if ((clause.mood === 'order' && isPutOff(statement, at)) || isAnnounced(statement, at, words))
        return { ...named, asks: 'no', why: 'not-understood' };
      if (!isTakenUp(clause, named)) return named;
      return {
        ...named,
        asks: clause.mood === 'order' || before.asks === 'by-order' ? 'by-order' : 'by-lack',
        why: undefined,
      };
    case 'asked':
      return { ...before, why: before.asks === 'no' ? 'question' : before.why, isNamed: false };
    case 'told':
      if (before.asks === 'by-order' || other !== undefined) return named;
      return { ...named, asks: 'no', why: before.why ?? 'not-understood' };
    case 'put-off':
    case 'negated':
    case 'over':
    case 'done':
      if (other !== undefined) return named;
      return { ...before, asks: 'no', why: clause.mood === 'negated' ? 'negated' : 'not-understood', isNamed: false };
  }
}

/** What is asked for beside a password in one statement is asked for together with it. */
function weighOther(before: Weighed, other: 'unlock' | 'other-factor', at: number): Weighed {
  const isBeside = other === 'other-factor' && at > 0;
  if (before.asks !== 'no' && !isBeside) return before;
  return { ...before, asks: isBeside ? 'no' : before.asks, why: other };
}

function readOtherThing(
  { words }: Clause,
  { unlocks, otherThings }: ClauseVocabulary,
): 'unlock' | 'other-factor' | undefined {
  if (fits(words, unlocks)) return 'unlock';
  return fits(words, otherThings) ? 'other-factor' : undefined;
}

/** What is quoted, line by line, asks for nothing, unless it is handed over. */
function dropQuoted(statements: readonly Statement[], { handsOver }: ClauseVocabulary): readonly Statement[] {
  const own = statements.filter(({ isQuoted }) => !isQuoted);
  const isHandedOver = own.some(({ clauses }) =>
    clauses.some((clause) => fits(clause.words, handsOver) && clause.mood !== 'negated'),
  );
  return isHandedOver ? statements : own;
}

/** Whether it is the password of the one who typed the message, who pasted no other person's. */
function isOwn(
  read: readonly Statement[],
  mentions: readonly Mention[],
  whole: Words,
  words: ClauseVocabulary,
): boolean {
  const people = mentions.filter(({ kind }) => kind === 'person');
  const isSignature = ({ clauses: [only, ...more] }: Statement): boolean =>
    only !== undefined && more.length === 0 && fits(only.words, words.signature);
  const isPasted =
    people.length > 0 &&
    (people.length < mentions.length ||
      people.some(({ isAddress }) => isAddress) ||
      fits(whole, words.introduces) ||
      read.some((statement) => statement.isQuoted || isSignature(statement)));
  return read.some(({ clauses }) =>
    clauses.some(
      (clause) =>
        !(clause.isQuoted && people.length > 0) &&
        (fits(clause.words, words.surelyOwn) || (!isPasted && fits(clause.words, words.own))) &&
        wants(clause),
    ),
  );
}

function wants({ mood }: Clause): boolean {
  return mood === undefined || mood === 'order' || mood === 'lack';
}

/** Whether a statement begins as a question, whatever is ordered in it. */
function isQuestion({ clauses: [first] }: Statement, { question }: ClauseVocabulary): boolean {
  return first !== undefined && fits(first.words, question);
}

/** Whether a clause stands behind one such as `done:`, which tells of all that follows in its statement. */
function isAnnounced({ clauses }: Statement, at: number, { heading }: ClauseVocabulary): boolean {
  return clauses.slice(0, at + 1).some((clause) => fits(clause.words, heading));
}

/** Whether a clause counts behind a reason against it. A refusal is taken up again by an order by name alone. */
function isTakenUp({ mood, words: { has } }: Clause, { why, isNamed }: Weighed): boolean {
  if (mood === 'lack' && (why === 'other-factor' || why === 'unlock')) return false;
  if (why !== 'negated' && why !== 'question') return true;
  return mood === 'order' && (isNamed || (why === 'negated' && has.has('PLEASE')));
}

/** Whether a condition in the same statement belongs to a clause. */
function isPutOff({ clauses }: Statement, at: number): boolean {
  const isCondition = (clause: Clause | undefined): boolean => clause?.mood === 'condition';
  const [before, next, afterNext] = [clauses[at - 1], clauses[at + 1], clauses[at + 2]];
  if (isCondition(before) && (before?.isParted === true || at === 1)) return true;
  return (
    isCondition(next) &&
    !/^ [^ ]*~LEAD~/.test(next?.words.units ?? '') &&
    (next?.isParted !== true || afterNext === undefined)
  );
}

/** Whether addresses of two people stand side by side; two of one mailbox are one person. */
function listsAddresses({ text, tokens }: Sentence, mentions: readonly Mention[]): boolean {
  const mailboxOf = ({ from }: Span): string | undefined => tokens[from]?.key.split('@')[0];
  const addresses = mentions.filter(({ isAddress }) => isAddress === true);
  return addresses.slice(1).some((one, at) => {
    const before = addresses[at] ?? one;
    const between = text.slice(tokens[before.to - 1]?.end, tokens[one.from]?.start);
    return (
      /^ ?[,;&+/\n] ?$/.test(between) &&
      !before.ids.some((id) => one.ids.includes(id)) &&
      mailboxOf(before) !== mailboxOf(one)
    );
  });
}

/** Whether what is asked for is the writer's own password. */
export function asksForOwn(sentence: Sentence, mentions: readonly Mention[], vocabulary: Vocabulary): boolean {
  const { clauses: words } = vocabulary;
  const clauses = readStatements(sentence, mentions, vocabulary).flatMap((statement) => statement.clauses);
  return clauses.some(
    (clause) => (fits(clause.words, words.own) || fits(clause.words, words.surelyOwn)) && wants(clause),
  );
}

/** Why a sentence asks for no reset; undefined where nothing in it says so. */
export function findWhyNot(
  sentence: Sentence,
  mentions: readonly Mention[],
  vocabulary: Vocabulary,
): WhyNotAReset | undefined {
  return readIntent(sentence, mentions, vocabulary).why;
}

/** Whether a sentence has a word for a reset, a password or what lacks it. */
export function speaksOfReset(sentence: Sentence, mentions: readonly Mention[], vocabulary: Vocabulary): boolean {
  const { reset, clauses: words } = vocabulary;
  return (
    sentence.tokens.some(({ key }) => reset.has(key)) ||
    readStatements(sentence, mentions, vocabulary).some(({ clauses }) =>
      clauses.some((clause) => fits(clause.words, words.shutOut)),
    )
  );
}

/** Whether a sentence asks for a new password, be unknown words names or not. */
export function asksForReset(
  sentence: Sentence,
  readings: readonly (readonly Mention[])[],
  vocabulary: Vocabulary,
): boolean {
  return readings.some((mentions) => readIntent(sentence, mentions, vocabulary).asks);
}
