import type { Alarm, Refusal } from '../reset/index.ts';
import type { ConnectorErrorCode } from '../teams/index.ts';

type EveryKey<Kind extends string> = Readonly<Record<Kind, true>>;

const alarms: EveryKey<Alarm['kind']> = {
  'limit-reached': true,
  'needs-attention': true,
  'given-up': true,
  frozen: true,
  thawed: true,
  'foreign-press': true,
  'bad-policy-file': true,
  'policy-customers-unknown': true,
  'sign-in-paused': true,
  'bot-sign-in-failed': true,
  'sealing-key-missing': true,
  'row-altered': true,
  'clocks-disagree': true,
  'sign-in-ending': true,
  'ticket-note-given-up': true,
  'graph-unread': true,
};

const refusals: EveryKey<Refusal['kind']> = {
  'not-a-technician': true,
  'groups-unknown': true,
  'own-account': true,
  deleted: true,
  federated: true,
  synchronised: true,
  guest: true,
  administrator: true,
  'roles-unknown': true,
  'management-restricted': true,
  'protection-unknown': true,
  'approval-not-possible': true,
  'target-changed': true,
  'ticket-mismatch': true,
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

const connectorOutcomes: EveryKey<ConnectorErrorCode | 'done' | 'defect'> = {
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
 * All values of the labels of counters, so that each is exported as 0 before it first happens: `increase()` sees no increase
 * where a sample appears. The compiler keeps the lists complete.
 */
export const labelValues = {
  alarms: keysOf(alarms),
  refusals: keysOf(refusals),
  connectorOutcomes: keysOf(connectorOutcomes),
  /** The usual answers to requests at `/api/messages`. */
  statuses: ['200', '400', '401', '403', '413', '429', '500', '503'],
} as const;

function keysOf<Kind extends string>(every: EveryKey<Kind>): readonly Kind[] {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the names of a record whose names are these
  return Object.keys(every) as Kind[];
}

/** The addresses at Partner Center that are called, without anything of a customer or a user. */
type PartnerRoute =
  | '/customers'
  | '/customers/{customer}'
  | '/customers/{customer}/users'
  | '/customers/{customer}/users/{user}'
  | '/customers/{customer}/users/{user}/directoryroles'
  | '/customers/{customer}/users/{user}/resetpassword'
  | 'other';

/** Reads which known address a URL is, by its form alone. */
export function readPartnerRoute(url: string): PartnerRoute {
  const path = URL.parse(url)?.pathname ?? '';
  const [version, customers, customer, users, user, last, ...more] = path.split('/').slice(1);
  if (version !== 'v1' || customers !== 'customers' || more.length > 0) return 'other';
  if (customer === undefined) return '/customers';
  if (users === undefined) return '/customers/{customer}';
  if (users !== 'users') return 'other';
  if (user === undefined) return '/customers/{customer}/users';
  if (last === undefined) return '/customers/{customer}/users/{user}';
  if (last === 'directoryroles' || last === 'resetpassword') return `/customers/{customer}/users/{user}/${last}`;
  return 'other';
}

/** The addresses of Microsoft Graph at customers, without anything of a customer or a user. */
type GraphRoute =
  | '/users/{user}'
  | '/users/{user}/transitiveMemberOf'
  | '/users/{user}/revokeSignInSessions'
  | '/users/{user}/authentication/methods'
  | '/users/{user}/authentication/methods/{method}/resetPassword'
  | '/users/{user}/authentication/operations/{operation}'
  | '/users/{user}/authentication/temporaryAccessPassMethods'
  | '/users/delta'
  | '/roleManagement/directory/roleEligibilityScheduleInstances'
  | 'other';

const graphRoutes: readonly (readonly [RegExp, GraphRoute])[] = [
  [/^users\/delta$/, '/users/delta'],
  [/^users\/[^/]+$/, '/users/{user}'],
  [/^users\/[^/]+\/transitiveMemberOf$/, '/users/{user}/transitiveMemberOf'],
  [/^users\/[^/]+\/revokeSignInSessions$/, '/users/{user}/revokeSignInSessions'],
  [/^users\/[^/]+\/authentication\/methods$/, '/users/{user}/authentication/methods'],
  [
    /^users\/[^/]+\/authentication\/methods\/[^/]+\/resetPassword$/,
    '/users/{user}/authentication/methods/{method}/resetPassword',
  ],
  [/^users\/[^/]+\/authentication\/operations\/[^/]+$/, '/users/{user}/authentication/operations/{operation}'],
  [
    /^users\/[^/]+\/authentication\/temporaryAccessPassMethods$/,
    '/users/{user}/authentication/temporaryAccessPassMethods',
  ],
  [
    /^roleManagement\/directory\/roleEligibilityScheduleInstances$/,
    '/roleManagement/directory/roleEligibilityScheduleInstances',
  ],
];

/** Reads which known address of Graph a URL is, by its form alone. */
export function readGraphRoute(url: string): GraphRoute {
  const path = (URL.parse(url)?.pathname ?? '').replace(/^\/v1\.0\//, '');
  return graphRoutes.find(([form]) => form.test(path))?.[1] ?? 'other';
}
