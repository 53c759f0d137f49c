import type { AskedPerson, Customer } from '../../reset/index.ts';
import type { Judgement, Mention, Sentence, Span, Vocabulary } from '../../understanding/index.ts';
import type { CustomerCache } from '../customers/customer-cache.ts';
import type { DirectoryQuestion } from '../directory-question.ts';
import type { DeletedUserCache } from '../users/deleted-users.ts';
import type { UserCache } from '../users/user-cache.ts';
import type { Link } from './names-in-sentence.ts';

/** A sentence and what is known of it before its customer is. */
export type Search = {
  readonly customers: CustomerCache;
  readonly users: UserCache;
  readonly deleted: DeletedUserCache;
  readonly asked: AskedPerson;
  readonly question: DirectoryQuestion;
  readonly vocabulary: Vocabulary;
  /** The sentence without its facts. */
  readonly sentence: Sentence;
  /** Customers that exist, where they stand. */
  readonly places: readonly Mention[];
  /** Ordinary words that a customer is called by too. */
  readonly plainPlaces: readonly Link<Customer>[];
  /** Addresses and ids. */
  readonly fixed: readonly Mention[];
  /** Runs of words that nothing explains so far. */
  readonly loose: readonly Mention[];
  /** Who and where, as far as it can be said without the users of a customer. */
  readonly roles: Judgement;
};

/** The id of a mention of which only the text is known. */
const typedPrefix = 'typed:';

/** Makes the id of a person of whom only the typed text is known. */
export function toTyped(text: string): string {
  return `${typedPrefix}${text}`;
}

/** Reads the typed text from the id of a person who is not known yet. Returns undefined for the id of a known user. */
export function readTyped(id: string): string | undefined {
  return id.startsWith(typedPrefix) ? id.slice(typedPrefix.length) : undefined;
}

/** What was typed of the people who are not only mentioned. */
export function typedPeople({ roles }: Search): readonly string[] {
  return roles.people.flatMap((id) => readTyped(id) ?? []);
}

export function inOrder(one: Span, other: Span): number {
  return one.from - other.from;
}
