import type { NamedFreeze } from '../reset/index.ts';
import { formatCustomerName, personName, sanitizeName } from './formatting.ts';

/** A freeze that came into force or was lifted, as a row of `history`. Names are fit for a `TextRun`. */
export function describePastFreeze({ kind, customer, name, by }: NamedFreeze): {
  readonly who: string;
  readonly what: string;
  readonly by: string;
} {
  const place = customer && (customer.domain || customer.id);
  const of =
    place === undefined
      ? pastTexts.everyCustomer
      : name === undefined
        ? sanitizeName(place)
        : formatCustomerName({ name, domain: place }, sanitizeName);
  const texts = pastTexts[kind];
  return { who: texts.who(of), what: texts.what, by: texts.by(sanitizeName(personName(by.name))) };
}

const pastTexts = {
  everyCustomer: 'every customer',
  frozen: {
    who: (of: string) => `Frozen: ${of}`,
    what: 'From then on no password was reset there.',
    by: (name: string) => `Frozen by ${name}`,
  },
  thawed: {
    who: (of: string) => `Thawed: ${of}`,
    what: 'From then on resets could be asked for there again.',
    by: (name: string) => `Thawed by ${name}`,
  },
} as const;
