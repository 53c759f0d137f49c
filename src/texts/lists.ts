import type { Conversation } from '../reset/index.ts';

/** What stands on the cards `status` and `history`, besides names, times and references. */
export const listTexts = {
  status: 'Your resets that are not closed yet',
  statusAndFrozen: 'What is frozen, and your resets that are not closed yet',
  nothingOpen: 'Nothing of yours is open',
  whichToCancel: 'Several are open. Press the button of the one you mean, or type cancel and its reference.',
  nothingOpenHere: 'Nothing that you asked for here is open',
  everythingIsOver: 'Every reset that you asked for is over.',
  own: 'Your resets',
  everybody: 'Resets of everybody',
  of: (name: string) => `For “${name}”. The time is when each was asked, the latest first.`,
  latestFirst: 'The time is when each was asked, the latest first.',
  byThatReference: 'The reset of that reference',
  noHistory: 'Nothing was asked for yet',
  nothingFound: 'Nothing found',
  noHistoryOf: (name: string) => `I find no reset for “${name}”. Type history to see them all.`,
  freezesAreCut:
    'I looked through the latest freezes alone. Your Locksmith administrator finds older ones in the audit trail.',
  searchIsCut: 'I looked through the latest requests alone. There may be older ones.',
  withheld: (count: number) =>
    count === 1
      ? 'One more request of yours is not shown: you have no right for its customer now.'
      : `${count} more requests of yours are not shown: you have no right for their customers now.`,
  here: 'This is what you asked for here. For everything, and for what is frozen, type status in our own chat.',
  page: (from: number, to: number, of: number) => `${from} to ${to} of ${of}.`,
  byReference: 'To take one back that waits, type cancel and its reference.',
  byReferenceHere: 'To take one back that waits, type @Locksmith cancel and its reference.',
  since: (time: string) => `Since ${time} · `,
  sinceIn: {
    personal: (time: string) => `Since ${time}, in this chat · `,
    'group-chat': (time: string) => `Since ${time}, in a group chat · `,
    channel: (time: string) => `Since ${time}, in a channel · `,
  } satisfies Record<Conversation['kind'], (time: string) => string>,
  sinceAlone: (time: string) => `Since ${time}`,
  frozen: 'What is frozen',
  olderQuestions: (count: number) =>
    count === 1
      ? 'One older question of mine still stands on its card. It ends by itself.'
      : `${count} older questions of mine still stand on their cards. They end by themselves.`,
  at: (time: string) => `${time} · `,
  where: (address: string, customer: string) => `${address} · ${customer}`,
  cancelled: (person: string) => `Cancelled. Nothing was changed for ${person}.`,
  notCancelled: (person: string) => `Too late: the reset for ${person} is under way or over.`,
  hidden: (person: string) => `The password for ${person} is not shown any more.`,
  notHidden: (person: string) => `There is no password for ${person} to hide now.`,
  questionClosed: (whom: string) => `Cancelled. I ask no more about ${whom}.`,
  questionOver: (whom: string) => `The question about ${whom} is over already.`,
} as const;
