import type { Customer } from '../reset/index.ts';
import { type Judged, judgeTyped } from './exact-match.ts';
import { companyNames } from './names/company-name.ts';
import type { NameIndex } from './names/create-name-index.ts';
import { splitWords } from './names/fold-name.ts';
import { findMeant } from './near-places.ts';

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
