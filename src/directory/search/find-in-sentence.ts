import { asId, type CustomerId, isGuid } from '../../base/index.ts';
import type { AskedPerson, Finding, NotAReset } from '../../reset/index.ts';
import {
  asksForReset,
  findWhyNot,
  isBare,
  judge,
  type Mention,
  readLooseRuns,
  readSentence,
  readSpelled,
  speaksOfReset,
  type Sentence,
  type Span,
  takeFacts,
  type Vocabulary,
  writeAsForm,
} from '../../understanding/index.ts';
import type { DirectoryQuestion } from '../directory-question.ts';
import { findPlace } from './find-customer.ts';
import { findPerson } from './find-person.ts';
import { nameOf } from './names-in-sentence.ts';
import { inOrder, type Search, toTyped } from './sentence-search.ts';

const address = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;

/**
 * Finds the one person that a sentence means. It looks every possible name in the sentence up, first among the
 * customers, then among the users of the customer. What exists decides; words that nothing explains make a question.
 * `methods` are the policy's ways to verify a caller, which the sentence may name. Throws `PartnerError`.
 */
export async function findInSentence(
  caches: Pick<Search, 'customers' | 'users' | 'deleted'>,
  asked: AskedPerson,
  question: DirectoryQuestion,
  vocabulary: Vocabulary,
  methods: readonly string[] = [],
): Promise<Finding> {
  const { rest, ticket, verification } = await readFacts();
  const finding = await findWithoutFacts(caches, asked, rest, question, vocabulary);
  if (finding.kind === 'not-a-reset' || finding.kind === 'trouble') return finding;
  return ticket === undefined && verification === undefined ? finding : { ...finding, facts: { ticket, verification } };

  /** A customer may be called like a ticket, as Studio-54 is. */
  async function readFacts() {
    const { text, spelled } = readSpelled(writeAsForm(asked.text, vocabulary), vocabulary);
    const whole = { ...readSentence(text, vocabulary), spelled };
    const facts = takeFacts(whole, methods, vocabulary);
    if (facts.ticket === undefined || asked.customer !== undefined) return facts;
    const named = await caches.customers.findByNames([facts.ticket], question);
    return named.length === 0 ? facts : takeFacts(whole, methods, vocabulary, { mayBeTicket: false });
  }
}

async function findWithoutFacts(
  caches: Pick<Search, 'customers' | 'users' | 'deleted'>,
  asked: AskedPerson,
  sentence: Sentence,
  question: DirectoryQuestion,
  vocabulary: Vocabulary,
): Promise<Finding> {
  const { places, plainPlaces } =
    asked.customer === undefined ? await linkCustomers() : { places: [], plainPlaces: [] };
  const fixed = readFixed(sentence, places);
  const named = [...places, ...fixed];
  const loose = readLooseRuns(sentence, named, vocabulary);
  const mentions = [...named, ...loose].toSorted(inOrder);
  const why = findFirstReason() ?? findMissing();
  if (why !== undefined) return { kind: 'not-a-reset', why };
  const roles = judge(sentence, mentions, [], vocabulary);
  const search = { ...caches, asked, question, vocabulary, sentence, places, plainPlaces, fixed, loose, roles };
  const place = await findPlace(search);
  if (place.kind === 'place') return findPerson(search, place);
  // Unknown words stand as names so far, and `mfa` is one of them: nothing is asked back that such a word forbids.
  const forbidden = findWhyNot(sentence, named, vocabulary);
  return forbidden === undefined || forbidden === 'own-password' ? place : { kind: 'not-a-reset', why: forbidden };

  /** Two unknown words beside an “and” may be a customer's name, so several people are only seen once names are known. */
  function findFirstReason(): NotAReset | undefined {
    const found = findWhyNot(sentence, mentions, vocabulary);
    const isSure = found !== 'several-users' || places.length > 1 || findWhyNot(sentence, named, vocabulary) === found;
    return isSure ? found : undefined;
  }

  /** A sentence that speaks of no reset is one all the same where it is names alone, or answers a question. */
  function findMissing(): 'not-understood' | undefined {
    if (asked.isAnswer === true) return undefined;
    const asks = speaksOfReset(sentence, mentions, vocabulary) && asksForReset(sentence, [named, mentions], vocabulary);
    const isNames = mentions.length > 0 && isBare(sentence, mentions, vocabulary);
    return asks || isNames ? undefined : 'not-understood';
  }

  /** A tenant id names its customer for certain, and then no list of customers is read. */
  async function linkCustomers() {
    const ids = sentence.tokens.flatMap(({ text }, from) => (isGuid(text) ? [{ text, from, to: from + 1 }] : []));
    const isPlaced = ({ from }: Span): boolean => {
      const before = sentence.tokens.slice(0, from).findLast(({ key }) => key !== '"');
      return before !== undefined && vocabulary.place.has(before.key) && !vocabulary.startsName.has(before.key);
    };
    for (const group of [ids.filter(isPlaced), ids.filter((id) => !isPlaced(id))]) {
      const found = await Promise.all(
        group.map(async ({ text, from, to }): Promise<readonly Mention[]> => {
          const customer = await caches.customers.findById(asId<CustomerId>(text.toLowerCase()), question);
          return customer === undefined ? [] : [{ from, to, kind: 'customer', ids: [customer.id], isWhole: true }];
        }),
      );
      if (found.flat().length > 0) return { places: found.flat(), plainPlaces: [] };
    }
    const links = await caches.customers.link(sentence, vocabulary, question);
    const named = links
      .filter(({ isPlain }) => !isPlain)
      .map(({ from, to, items }): Mention => {
        return { from, to, kind: 'customer', ids: items.map(({ id }) => id), isWhole: true };
      });
    return { places: named.toSorted(inOrder), plainPlaces: links.filter(({ isPlain }) => isPlain) };
  }
}

/** Addresses and ids: nothing but a person is written so. */
function readFixed(sentence: Sentence, places: readonly Span[]): readonly Mention[] {
  return sentence.tokens.flatMap((token, from): readonly Mention[] => {
    const span = { from, to: from + 1 };
    const isAddress = address.test(token.text);
    if (places.some((place) => place.from <= from && from < place.to) || !(isAddress || isGuid(token.text))) return [];
    return [{ ...span, kind: 'person', ids: [toTyped(nameOf(sentence, span))], isWhole: true, isAddress }];
  });
}
