import type { Customer } from '../reset/index.ts';
import type { Sentence, Span, Token } from '../understanding/index.ts';
import { type Link, nameOf } from './names-in-sentence.ts';
import { companyNames } from './names/company-name.ts';
import type { NameIndex } from './names/create-name-index.ts';
import { mayBeMeant } from './names/one-letter-wrong.ts';

/** How many customers are looked at, how many words a name may go on, and the distance of one wrong letter. */
const mostNear = 5;
const mostWords = 3;
const oneLetter = 2;

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
  const near = index.near(typed, mostNear, oneLetter).nearest.map(({ item }) => item);
  return near.filter((customer) => mayMean(typed, customer));
}

function mayMean(typed: string, { name, domain }: Customer): boolean {
  return [...companyNames(name), domain].some((one) => mayBeMeant(typed, one));
}

/** The stretches that begin or end with this one and go on for some words of the same line. */
function stretch({ tokens }: Sentence, { from, to }: Span): readonly Span[] {
  const isInLine = (token: Token | undefined): boolean => token !== undefined && token.text !== '\n';
  const spans: Span[] = [];
  for (let words = 0, end = to; words < mostWords && isInLine(tokens[end]); end += 1) {
    if (tokens[end]?.kind !== 'word') continue;
    words += 1;
    spans.push({ from, to: end + 1 });
  }
  for (let words = 0, start = from - 1; words < mostWords && isInLine(tokens[start]); start -= 1) {
    if (tokens[start]?.kind !== 'word') continue;
    words += 1;
    spans.push({ from: start, to });
  }
  return spans;
}
