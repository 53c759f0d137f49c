import type { Asks } from '../../reset/questions/question.ts';

/** The card that asks which customer or which person, and what it says when it is over. */
export const questionTexts = {
  heading: { customer: 'Which customer?', user: 'Which person?' },
  says: {
    'which-customer': (typed: string) => `Several customers fit “${typed}”.`,
    'near-customer': (typed: string) => `I know no customer “${typed}”.`,
    'near-domain': (typed: string) => `I do not know whose domain “${typed}” is.`,
    'which-user': (typed: string) => `Several people fit “${typed}”.`,
    'near-user': (typed: string, where: string) => `There is no “${typed}” at ${where}.`,
  } satisfies Record<Asks['kind'], (typed: string, where: string) => string>,
  /** One person, where words of the sentence may belong to another name. */
  oneUser: (typed: string) => `I am not sure that “${typed}” is all of what you typed. Is it this person?`,
  /** Why the choices are not all. */
  more: {
    customer: (count: string) => `… and ${count} more: ask again with the domain or the tenant id of the one you mean.`,
    user: (count: string) => `… and ${count} more: ask again with the full address of the one you mean.`,
  },
  near: { one: 'Did you mean this one?', several: 'Did you mean one of these?' },
  label: { customer: 'Choose the customer', user: 'Choose the person' },
  missing: 'Choose one first, or press Cancel.',
  note: 'I never pick one myself. Choosing does not reset anything yet.',
  openUntil: 'Open until',
  tenant: (id: string) => `tenant ${id}`,
  state: { active: 'active', deleted: 'deleted', unknown: 'state unknown' },
  looking: 'Looking them up…',
  lookingNext: 'This card will show what I find. Nothing has been changed.',
  cancelled: {
    heading: 'Cancelled: nothing was changed',
    says: 'The question was taken back before anybody was chosen.',
    next: 'Ask again if it is needed after all.',
  },
  expired: {
    heading: 'Expired: nothing was changed',
    says: 'Nobody chose in time.',
    next: 'Ask again if it is still needed.',
  },
  closed: 'Not reset: nothing was changed',
  gone: (person: string, customer: string) => ({
    says: `${person} is not at ${customer} any more.`,
    next: 'Check the name or the address, and ask again.',
  }),
  changed: (person: string, address: string) => ({
    says: `That account has been changed since the question was asked. It is now called ${person} (${address}).`,
    next: 'Ask again with that address if this is the person you mean.',
  }),
  nobody: (typed: string, customer: string, domain: string) => ({
    says: `There is no “${typed}” at ${customer} (${domain}).`,
    next: `Ask again with the full address, such as jane.doe@${domain}.`,
  }),
  customerGone: (customer: string) => ({
    says: `${customer} cannot be found among your customers any more.`,
    next: 'Ask again with the domain or the tenant id.',
  }),
  answeredElsewhere: {
    says: 'This was answered by another card.',
    next: 'Go on there, or ask again.',
  },
} as const;
