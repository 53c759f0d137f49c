import type { AuditKind } from '../../src/reset/audit-entry.ts';
import type { PretendFault } from '../../src/sandbox/partner-center/index.ts';
import type { PassingCall } from '../support/create-checkpoint.ts';
import type { ConnectorCall, ConnectorFault } from '../support/fake-connector-faults.ts';
import type { CrashHouse } from './crash-house.ts';
import type { KillPoint, Scenario } from './scenario.ts';

type Fits = (call: PassingCall) => boolean;

const isPatch: Fits = ({ method }) => method === 'PATCH';
const isLookUp: Fits = ({ method, path }) => method === 'GET' && path.includes('/users/');
const isOpening: Fits = ({ method, path }) => method === 'POST' && path.endsWith('/conversations');
const isPosting: Fits = ({ method, path }) => method === 'POST' && path.includes('/activities');
const isPutting =
  (id: string): Fits =>
  ({ method, body }) =>
    method === 'PUT' && body.includes(`"id":"${id}`);

const steps: readonly AuditKind[] = [
  'confirmed',
  'approved',
  'message-opened',
  'sealed',
  'try-started',
  'try-ended',
  'delivery-begun',
  'delivered',
  'card-answered',
];

const atSteps: readonly Scenario[] = [
  ...steps.map((step): Scenario => ({
    name: `killed once the step ${step} was committed`,
    while: 'confirming',
    kill: { kind: 'step', step },
    ends: 'delivered',
  })),
  ...(['passed-on', 'hidden'] as const).map((step): Scenario => ({
    name: `killed once the step ${step} was committed`,
    while: 'passing-on',
    kill: { kind: 'step', step },
    ends: 'delivered',
  })),
];

type Doing = Pick<Scenario, 'while'> &
  Pick<Extract<KillPoint, { kind: 'call' }>, 'to' | 'fits'> & { readonly what: string };

const calls: readonly Doing[] = [
  { what: 'the confirmation is posted', while: 'asking', to: 'connector', fits: isPosting },
  { what: 'the user is looked up again', while: 'confirming', to: 'partner-center', fits: isLookUp },
  { what: 'the direct message is opened', while: 'confirming', to: 'connector', fits: isOpening },
  { what: 'the placeholder is posted', while: 'confirming', to: 'connector', fits: isPosting },
  { what: 'the password is set', while: 'confirming', to: 'partner-center', fits: isPatch },
  { what: 'the password is put', while: 'confirming', to: 'connector', fits: isPutting('direct-message') },
  { what: 'the card is answered', while: 'confirming', to: 'connector', fits: isPutting('outcome-reset') },
  { what: 'the password is hidden', while: 'passing-on', to: 'connector', fits: isPutting('direct-message') },
];

const atCalls = (moments: readonly CallMoment[]): readonly Scenario[] =>
  calls.flatMap(({ what, while: doing, to, fits }) =>
    moments.map((when): Scenario => ({
      name: `killed ${when === 'before' ? 'when' : 'before it hears that'} ${what}`,
      while: doing,
      kill: { kind: 'call', to, when, fits },
      ends: 'delivered',
    })),
  );

const partnerFaults: readonly (readonly [string, readonly PretendFault[], Scenario['ends']])[] = [
  ['a 500 without effect', [{ kind: 'server-fault', status: 500, effect: 'none' }], 'delivered'],
  ['a 500 after the effect', [{ kind: 'server-fault', status: 500, effect: 'applied' }], 'delivered'],
  ['no answer and no effect', [{ kind: 'hang', effect: 'none' }], 'delivered'],
  ['an effect without an answer', [{ kind: 'hang', effect: 'applied' }], 'delivered'],
  ['a broken connection', [{ kind: 'disconnect', effect: 'none' }], 'delivered'],
  ['an effect and a broken connection', [{ kind: 'disconnect', effect: 'applied' }], 'delivered'],
  ['half an answer', [{ kind: 'cut-off' }], 'delivered'],
  ['an answer that is no JSON', [{ kind: 'not-json' }], 'delivered'],
  ['a page of a proxy after the effect', [{ kind: 'proxy-page', status: 502, effect: 'applied' }], 'delivered'],
  ['too many calls', [{ kind: 'throttled', retryAfter: { seconds: 1 } }], 'delivered'],
  ['a refusal', [refusal()], 'refused'],
  [
    'a 500 after the effect, and then a refusal',
    [{ kind: 'server-fault', status: 500, effect: 'applied' }, refusal()],
    'delivered',
  ],
];

const connectorFaults: readonly (readonly [string, ConnectorCall, ConnectorFault, Scenario['ends']])[] = [
  ['a refused direct message', 'create', { kind: 'status', status: 403, code: 'NotEnoughPermissions' }, 'refused'],
  ['a broken connection for the direct message', 'create', { kind: 'reset' }, 'delivered'],
  ['a placeholder without an answer', 'post', { kind: 'silence', delivered: true }, 'delivered'],
  [
    'a password that was put and answered with 502',
    'update',
    { kind: 'status', status: 502, delivered: true },
    'delivered',
  ],
  ['a password that was put and not answered', 'update', { kind: 'silence', delivered: true }, 'delivered'],
  ['a password that was put and half answered', 'update', { kind: 'half-an-answer', delivered: true }, 'delivered'],
  ['a password that was not put, and a broken connection', 'update', { kind: 'reset' }, 'delivered'],
  [
    'a password that has to wait',
    'update',
    { kind: 'status', status: 429, headers: { 'Retry-After': '1' } },
    'delivered',
  ],
  [
    'a message that is gone',
    'update',
    { kind: 'status', status: 404, code: 'ActivityNotFoundInConversation' },
    'delivered',
  ],
  [
    'a person who blocked the bot',
    'update',
    { kind: 'status', status: 403, code: 'MessageWritesBlocked' },
    'delivered',
  ],
];

const fitsConnectorCall: Readonly<Record<ConnectorCall, Fits>> = {
  create: isOpening,
  post: isPosting,
  update: isPutting('direct-message'),
  member: () => false,
};

/** Which way a fault and a death come together: the process dies as the fault strikes, or once it has written down what came of it. */
export type FaultTiming = 'as it strikes' | 'after it';

/** Before a call has an effect, which is much like dying after the step before it, or when its answer is on the way. */
export type CallMoment = Extract<KillPoint, { kind: 'call' }>['when'];

/** Every way to die: at each step, at each call, and at each fault of Partner Center and the connector. */
export function everyScenario(timings: readonly FaultTiming[], moments: readonly CallMoment[]): readonly Scenario[] {
  const atFaults = timings.flatMap((timing) => [
    ...partnerFaults.map(([what, faults, ends]): Scenario => ({
      name: `killed by ${what} of Partner Center, ${timing}`,
      while: 'confirming',
      fault: ({ partnerCenter }: CrashHouse) => {
        for (const fault of faults) partnerCenter.faults.next({ method: 'PATCH', fault });
      },
      kill: killAtPartnerFault(timing, faults[0]?.kind, ends),
      ends,
    })),
    ...connectorFaults.map(([what, call, fault, ends]): Scenario => ({
      name: `killed by ${what}, ${timing}`,
      while: 'confirming',
      fault: ({ connector }: CrashHouse) => {
        connector.fail(call, fault);
      },
      kill: killAtConnectorFault(timing, call, fault, ends),
      ends,
    })),
  ]);
  return [...atSteps, ...atCalls(moments), ...atFaults];
}

/** Nobody knows from outside when a call without an answer has had its effect, so there it is the step that follows. */
function killAtPartnerFault(
  timing: FaultTiming,
  kind: PretendFault['kind'] | undefined,
  ends: Scenario['ends'],
): KillPoint {
  if (timing === 'as it strikes' && kind !== 'hang' && ends === 'delivered') {
    return { kind: 'call', to: 'partner-center', when: 'between', fits: isPatch };
  }
  return { kind: 'step', step: ends === 'refused' ? 'refused' : 'try-ended' };
}

function killAtConnectorFault(
  timing: FaultTiming,
  call: ConnectorCall,
  fault: ConnectorFault,
  ends: Scenario['ends'],
): KillPoint {
  if (timing === 'as it strikes' && fault.kind !== 'silence' && ends === 'delivered') {
    return { kind: 'call', to: 'connector', when: 'between', fits: fitsConnectorCall[call] };
  }
  if (ends === 'refused') return { kind: 'step', step: 'refused' };
  if (call !== 'update') return { kind: 'step', step: 'message-opened' };
  const status = fault.kind === 'status' ? fault.status : 0;
  if (status === 403) return { kind: 'step', step: 'delivery-put-off' };
  return status === 404 ? { kind: 'step', step: 'message-opened', nth: 2 } : { kind: 'step', step: 'delivered' };
}

function refusal(): PretendFault {
  return { kind: 'partner-error', row: { status: 403, code: 900_308, description: 'Insufficient privileges' } };
}
