import type { LimitKind } from '../reset/index.ts';
import { formatNames, joinSentences, personName, sanitizeName } from './formatting.ts';
import type { RefusalTexts } from './refusal-texts.ts';
import { ticketWarnings } from './tickets.ts';

/** Why somebody may not reset this password, or not now: rights, a second person, freezes, limits and tickets. */
export const permissionRefusals = {
  'not-a-technician': () => ({
    problem: 'You may not reset passwords for this customer.',
    advice: 'If you should, ask your Locksmith administrator to add you to the policy.',
  }),
  'groups-unknown': () => ({
    problem: 'I could not read which groups you are in, so I do not know whether you may reset passwords.',
    advice: 'Try again in a few minutes; if that does not help, tell your Locksmith administrator.',
  }),
  'approval-not-possible': ({ approvers = [] }) => ({
    problem: 'A second person has to approve this, and no approver can be asked here.',
    advice:
      approvers.length === 0
        ? 'Ask again in a chat that an approver is in, or have one write to Locksmith first; your Locksmith administrator can say who that is.'
        : `Ask again in a chat that an approver is in, or have one write to Locksmith first: ${formatNames(approvers)}.`,
  }),
  'approval-needed': () => ({
    problem: 'By now this reset needs the approval of a second person.',
    advice: 'Ask again: the reset then goes to a second person first.',
  }),
  'approver-without-right': ({ by }) => ({
    problem: `${sanitizeName(personName(by))} approved this and may not approve resets any more.`,
    advice: 'Ask again, and have somebody else approve it.',
  }),
  frozen: ({ by, at, everything }, showTime) => ({
    problem: everything
      ? `${sanitizeName(personName(by))} froze all resets on ${showTime(at)}.`
      : `${sanitizeName(personName(by))} froze all resets for this customer on ${showTime(at)}.`,
    advice: 'Talk to them first; once an approver has typed thaw, ask again.',
  }),
  'ticket-mismatch': ({ concerns }) => ({
    problem: joinSentences(...concerns.map((concern) => ticketWarnings[concern])),
    advice: 'Ask again with the number of a ticket that belongs to this person: the policy demands it.',
  }),
  'over-limit': ({ limit, most, againAt }, showTime) => ({
    problem: limitReached[limit](most),
    // Rounded up, so that it is possible by then.
    advice: `It will be possible again at ${showTime(Math.ceil(againAt / 60_000) * 60_000)}; if it cannot wait, ask your Locksmith administrator.`,
  }),
} satisfies Partial<RefusalTexts>;

const limitReached = {
  technician: (most) =>
    most === 1
      ? 'You have confirmed one reset in the last 60 minutes, and the policy allows one person no more.'
      : `You have confirmed ${most} resets in the last 60 minutes, and the policy allows one person no more.`,
  customer: (most) =>
    most === 1
      ? 'For this customer one reset was confirmed in the last 60 minutes, and the policy allows no more.'
      : `For this customer ${most} resets were confirmed in the last 60 minutes, and the policy allows no more.`,
  user: (most) =>
    most === 1
      ? 'For this person one reset was confirmed in the last 24 hours, and the policy allows no more.'
      : `For this person ${most} resets were confirmed in the last 24 hours, and the policy allows no more.`,
  overall: (most) =>
    most === 1
      ? 'Altogether one reset was confirmed in the last 60 minutes, and the policy allows no more.'
      : `Altogether ${most} resets were confirmed in the last 60 minutes, and the policy allows no more.`,
} satisfies Record<LimitKind, (most: number) => string>;
