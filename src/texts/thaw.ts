import type { Conversation, Freeze, Thawing } from '../reset/index.ts';
import { formatStaysRefused } from './affected-requests.ts';
import { formatBullets, formatTime, joinSentences, personName, sanitizePlainText } from './formatting.ts';
import { formatFreezeName, formatThaw } from './freezes.ts';

/** What `thaw`, typed in this chat, has done. Plain text. */
export function formatThawResult(thawing: Thawing, conversation: Conversation): string {
  switch (thawing.kind) {
    case 'thawed': {
      const left = thawing.left.length === 0 ? thawTexts.nothingElseFrozen : formatFreezes(thawing.left);
      if (thawing.lifted.length === 0) return joinSentences(thawTexts.liftedByAnother, left);
      const lifted = thawing.lifted.map(formatFreezeName).join('; ');
      if (thawing.left.some(({ customer }) => customer === undefined))
        return joinSentences(thawTexts.thawedInVain(lifted), left);
      return joinSentences(thawTexts.thawed(lifted), formatStaysRefused(thawing.refused, conversation), left);
    }
    case 'nothing-frozen':
      return thawTexts.nothingFrozen;
    case 'unclear': {
      const what =
        thawing.typed === undefined ? thawTexts.severalInForce : thawTexts.notFrozen(sanitizePlainText(thawing.typed));
      return [joinSentences(what, formatHow(thawing.inForce)), formatFreezes(thawing.inForce)].join('\n');
    }
    case 'repeated':
      return [thawTexts.saidBefore, formatFreezes(thawing.since)].join('\n');
    case 'not-an-approver':
      return thawTexts.notAnApprover;
    case 'groups-unknown':
      return thawTexts.groupsUnknown;
  }
}

/** Where one freeze is in force, its command is there to be typed. */
function formatHow([only, ...others]: readonly Freeze[]): string {
  return only === undefined || others.length > 0 ? thawTexts.howToThaw : thawTexts.typeThat(formatThaw(only));
}

/** Every freeze in force, a line each, and how it ends. Empty where none is in force. Plain text. */
export function formatFreezes(freezes: readonly Freeze[]): string {
  if (freezes.length === 0) return '';
  const isEverything = freezes.some(({ customer }) => customer === undefined);
  const of = isEverything ? 'everything' : freezes.length === 1 ? 'customer' : 'customers';
  return formatBullets(
    thawTexts.inForce[of],
    freezes.map((freeze) => {
      const by = sanitizePlainText(personName(freeze.by.name));
      return thawTexts.freeze(formatFreezeName(freeze), by, formatTime(freeze.at));
    }),
  );
}

const thawTexts = {
  thawed: (what: string) => `Thawed: ${what}. Resets can be asked for there again.`,
  thawedInVain: (what: string) =>
    `Thawed: ${what}. Everything is still frozen, so no reset can be asked for there yet.`,
  liftedByAnother: 'Somebody else was faster.',
  nothingFrozen: 'Nothing is frozen.',
  nothingElseFrozen: 'Nothing else is frozen.',
  severalInForce: 'Several freezes are in force, and I lifted none.',
  notFrozen: (typed: string) => `No customer that is frozen is called “${typed}”, so I lifted nothing.`,
  typeThat: (command: string) => `To lift what is frozen, type ${command}.`,
  howToThaw: 'Type thaw with a domain or a tenant id, or thaw everything.',
  saidBefore:
    'You typed the same a moment ago, and Teams delivers some messages twice. Somebody froze since, so I lifted nothing: type it once more to lift that too.',
  notAnApprover: 'Only somebody who may approve resets may lift a freeze, and you may not. It stays in force.',
  groupsUnknown: 'I could not read which groups you are in, so the freeze stays in force. Try again in a few minutes.',
  inForce: {
    everything: 'Frozen: no password is reset for any customer until an approver types thaw.',
    customer: 'Frozen: no password is reset for this customer until an approver types thaw.',
    customers: 'Frozen: no password is reset for these customers until an approver types thaw.',
  },
  freeze: (what: string, by: string, since: string) => `${what}, by ${by} on ${since}.`,
} as const;
