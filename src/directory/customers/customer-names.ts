import { directoryTunables, isLegalForm } from '../../base/index.ts';
import type { Customer } from '../../reset/index.ts';
import type { Sentence, Span, Token } from '../../understanding/index.ts';
import { splitWords } from '../names/fold-name.ts';
import { createNameIndex, type NameIndex } from '../names/name-index.ts';
import { mayBeMeant, oneLetter } from '../names/typing-errors.ts';
import { type Judged, judgeTyped } from '../search/exact-match.ts';
import { type Link, nameOf } from '../search/names-in-sentence.ts';
import { readDomain } from './domains.ts';

/**
 * Decides whether a typed name means exactly one customer. Names that differ only in the legal form or a leading “The”
 * mean all customers that have them. A name that is one customer's word by word means that customer alone.
 */
export function judgeCompany(index: NameIndex<Customer>, typed: string): Judged<Customer> {
  const judged = judgeTyped(index, typed);
  if (judged.kind === 'none') return judgeWithoutForm(index, typed) ?? judged;
  if (judged.kind !== 'one' || [judged.item.name, judged.item.domain].some((name) => isSameName(name, typed)))
    return judged;
  const alike = companyNames(typed).flatMap((name) => index.exact(name).map(({ item }) => item));
  const items = [...new Set([judged.item, ...alike])];
  return items.length === 1 ? judged : { kind: 'several', items };
}

/** A customer whose own name lacks the legal form that was typed. */
function judgeWithoutForm(index: NameIndex<Customer>, typed: string): Judged<Customer> | undefined {
  const short = companyNames(typed).at(-1);
  const judged = short === undefined || short === typed ? undefined : judgeTyped(index, short);
  if (judged?.kind !== 'one') return judged?.kind === 'none' ? undefined : judged;
  const items = [...new Set([judged.item, ...findMeant(index, typed)])];
  return items.length === 1 ? judged : { kind: 'several', items };
}

function isSameName(one: string, other: string): boolean {
  return splitWords(one).join(' ') === splitWords(other).join(' ');
}

/**
 * Adds to the customers of a link those whose longer names the words beside it may mean, with one letter wrong: beside
 * Sea there may be a customer Sea and Lake, and `Sea and Lame` was typed.
 */
export function addLonger(index: NameIndex<Customer>, sentence: Sentence, link: Link<Customer>): Link<Customer> {
  const holding = index.holding(nameOf(sentence, link)).filter((customer) => !link.items.includes(customer));
  if (holding.length === 0) return link;
  const typed = stretch(sentence, link).map((span) => nameOf(sentence, span));
  const longer = holding.filter((customer) => typed.some((text) => mayMean(text, customer)));
  return { ...link, items: [...link.items, ...longer] };
}

/** Customers whose names, of ordinary words, a respelled word may mean: `hTanks Ltd` may be Thanks Ltd. */
export function linkRespelled(index: NameIndex<Customer>, sentence: Sentence): readonly Link<Customer>[] {
  return sentence.tokens.flatMap((token, at) => {
    if (!token.isRespelled) return [];
    const word = { from: at, to: at + 1 };
    return [word, ...stretch(sentence, word)].flatMap((span): readonly Link<Customer>[] => {
      const items = findMeant(index, nameOf(sentence, span));
      return items.length === 0 ? [] : [{ ...span, items, isWhole: true, isPlain: true }];
    });
  });
}

/** Customers whose name or domain was typed with one letter wrong. */
export function findMeant(index: NameIndex<Customer>, typed: string): readonly Customer[] {
  const near = index.near(typed, directoryTunables.maxLongerNames, oneLetter).nearest.map(({ item }) => item);
  return near.filter((customer) => mayMean(typed, customer));
}

function mayMean(typed: string, { name, domain }: Customer): boolean {
  return [...companyNames(name), domain].some((one) => mayBeMeant(typed, one));
}

/** The stretches that begin or end with this one and go on for some words of the same line. */
function stretch({ tokens }: Sentence, { from, to }: Span): readonly Span[] {
  const isInLine = (token: Token | undefined): boolean => token !== undefined && token.text !== '\n';
  const spans: Span[] = [];
  for (let words = 0, end = to; words < directoryTunables.maxWordsBesideName && isInLine(tokens[end]); end += 1) {
    if (tokens[end]?.kind !== 'word') continue;
    words += 1;
    spans.push({ from, to: end + 1 });
  }
  for (
    let words = 0, start = from - 1;
    words < directoryTunables.maxWordsBesideName && isInLine(tokens[start]);
    start -= 1
  ) {
    if (tokens[start]?.kind !== 'word') continue;
    words += 1;
    spans.push({ from: start, to });
  }
  return spans;
}

/** An empty index of customers: by name and default domain; `domainsOf`: what other domains of theirs are known. */
export function createCustomerIndex(domainsOf: (customer: Customer) => readonly string[]): NameIndex<Customer> {
  return createNameIndex<Customer>({
    idOf: ({ id }) => id,
    titleOf: ({ name }) => name,
    namesOf: (customer) => {
      const domains = [customer.domain, ...domainsOf(customer)];
      return [...companyNames(customer.name), ...domains, ...domains.map(domainLabel)];
    },
    variantsOf: () => [],
    ownNamesOf: (customer) => [customer.domain, ...domainsOf(customer)],
    looksOf: ({ name }) => companyNames(name),
    readOwnName: readDomain,
    ignoresSigns: true,
    partOf: (text) => (/\s/.test(text) ? text : text.replace(/(?:\.onmicrosoft)?\.[a-z]{2,}$/i, '')),
  });
}

/**
 * The ways in which people who know a company type its name. They may drop a leading “The”, the legal form at the end
 * (`Fabrikam, Inc.`, `Bauer GmbH & Co. KG`), or both, and write “and” for “&”. At least one word remains.
 */
export function companyNames(name: string): readonly string[] {
  const withoutArticle = name.replace(/^the\s+(?=\S)/i, '');
  const forms = [name, withoutArticle, dropLegalForm(name), dropLegalForm(withoutArticle)];
  return [...new Set([...forms, ...forms.map(spellAnd)])];
}

/** `Smith & Sons` as it is spoken. */
function spellAnd(name: string): string {
  return name.replaceAll(/\s+&\s+/g, ' and ');
}

function dropLegalForm(name: string): string {
  let left = name.trim();
  for (;;) {
    const last = /^(.*\S)(?:\s*[,&+]\s*|\s+(?:and\s+)?)([\p{L}.]+(?:\/[\p{L}]+)?)\)?$/u.exec(left);
    const [, before = '', word = ''] = last ?? [];
    if (before === '' || !isLegalForm(word)) return left;
    left = before.replace(/[\s,&+(]+$/, '');
    if (left === '') return name;
  }
}

/** A domain without its ending: `contoso` of `contoso.onmicrosoft.com`, `contoso.co` of `contoso.co.uk`. */
export function domainLabel(domain: string): string {
  return domain.replace(/(?:\.onmicrosoft)?\.[a-z]{2,}$/i, '');
}
