import type { NotApprover } from '../../reset/policy/approvers.ts';

/** What is answered to a press of `Approve` or `Decline` that has no effect. */
export const decisionTexts = {
  'own-request':
    'You asked for this reset yourself, so somebody else has to decide about it. Nothing was changed; to take it back, type cancel.',
  'own-account': 'This is your own account, so somebody else has to decide about it. Nothing was changed.',
  'another-tenant': 'This was asked in another organisation, so you cannot decide about it. Nothing was changed.',
  'not-an-approver':
    'You may not approve or decline resets. Nothing was changed. If you should, ask whoever looks after Locksmith to add you to its policy.',
  'groups-unknown':
    'It could not be read which groups you are in, and in doubt nobody may approve a reset. Nothing was changed. Try again in a few minutes.',
  elsewhere:
    'This was not asked in this chat, so it cannot be decided here. Nothing was changed. Decide where it was asked.',
  late: 'I have your press and am still at work on this request. Its card will show what comes of it.',
  tooEarly: 'I am still putting this card up. Nothing was changed. Press again in a moment.',
} as const satisfies Record<NotApprover | 'elsewhere' | 'late' | 'tooEarly', string>;
