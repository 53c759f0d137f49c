import type { Alarm } from '../reset/alarm.ts';
import type { Refusal } from '../reset/refusal.ts';
import type { ConnectorErrorCode } from '../teams/connector/retries.ts';

type Every<Kind extends string> = Readonly<Record<Kind, true>>;

const alarms: Every<Alarm['kind']> = {
  'limit-reached': true,
  'needs-attention': true,
  'given-up': true,
  frozen: true,
  thawed: true,
  'foreign-press': true,
  'bad-policy-file': true,
  'sign-in-paused': true,
  'bot-sign-in-failed': true,
  'sealing-key-missing': true,
  'sign-in-ending': true,
};

const refusals: Every<Refusal['kind']> = {
  'not-a-technician': true,
  'groups-unknown': true,
  'own-account': true,
  deleted: true,
  federated: true,
  synchronised: true,
  guest: true,
  administrator: true,
  'roles-unknown': true,
  'approval-not-possible': true,
  'target-changed': true,
  'under-way': true,
  frozen: true,
  'approval-needed': true,
  'approver-without-right': true,
  'over-limit': true,
  'no-direct-message': true,
  'too-old': true,
  restored: true,
  'seal-broken': true,
  'no-progress': true,
  'partner-center': true,
};

const connectorOutcomes: Every<ConnectorErrorCode | 'done' | 'defect'> = {
  done: true,
  gone: true,
  refused: true,
  blocked: true,
  throttled: true,
  unavailable: true,
  timeout: true,
  'too-large': true,
  unauthorised: true,
  defect: true,
};

/**
 * Everything that a label of a counter can say, so that each is told as 0 before it happens first: `increase()` sees no
 * increase where a sample appears. The compiler keeps the lists whole.
 */
export const zeroKinds = {
  alarms: namesOf(alarms),
  refusals: namesOf(refusals),
  connectorOutcomes: namesOf(connectorOutcomes),
  /** What Bot Framework and those who pretend to be it are mostly answered with. */
  statuses: ['200', '400', '401', '403', '413', '429', '500', '503'],
} as const;

function namesOf<Kind extends string>(every: Every<Kind>): readonly Kind[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names of a record whose names are these
  return Object.keys(every) as Kind[];
}
