import type { PartnerTrouble, Refusal } from '../../reset/index.ts';
import { sampleNow } from './sample-request.ts';

/** A trouble at Partner Center, in words of an older version. */
export const sampleTrouble: PartnerTrouble = {
  code: 'unavailable',
  signInCode: undefined,
  httpStatus: 503,
  partnerCode: undefined,
  storedWording: { problem: 'Partner Center did not answer.', advice: 'Try again in a few minutes.' },
};

/** A refusal of every kind. */
export const everyRefusal: readonly Refusal[] = [
  { kind: 'not-a-technician' },
  { kind: 'groups-unknown' },
  { kind: 'own-account' },
  { kind: 'deleted' },
  { kind: 'federated' },
  { kind: 'synchronised' },
  { kind: 'guest' },
  { kind: 'management-restricted' },
  { kind: 'protection-unknown', facts: ['roles', 'eligible-roles'], code: 'forbidden', httpStatus: 403 },
  { kind: 'administrator', roles: ['User Administrator', 'Helpdesk Administrator'] },
  { kind: 'roles-unknown' },
  { kind: 'approval-not-possible', approvers: ['Adele Vance', 'Lee Gu'] },
  { kind: 'target-changed' },
  { kind: 'approval-needed' },
  { kind: 'approver-without-right', by: 'Adele Vance' },
  { kind: 'frozen', by: 'Adele Vance', at: sampleNow - 30_000, everything: true },
  { kind: 'under-way', by: 'Lee Gu' },
  { kind: 'over-limit', limit: 'technician', most: 10, againAt: sampleNow + 12 * 60_000 },
  { kind: 'no-direct-message', why: 'not-installed' },
  { kind: 'no-direct-message', why: 'blocked' },
  { kind: 'no-direct-message', why: 'unreachable' },
  { kind: 'too-old' },
  { kind: 'restored' },
  { kind: 'seal-broken' },
  { kind: 'no-progress' },
  { kind: 'partner-center', trouble: sampleTrouble },
];
