import { Counter, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../base/index.ts';
import {
  type AddressLimit,
  type Connector,
  ConnectorError,
  type Gate,
  gateRules,
  type HttpResponse,
} from '../teams/index.ts';
import { labelValues } from './metric-labels.ts';
import { timed } from './call-metrics.ts';

/** What takes an activity and gives the answer to it. */
type HandleActivity = (activity: object, authorization: string | undefined) => Promise<HttpResponse>;

/** Counts and times what Bot Framework sends: Teams shows an error where an answer takes longer than ten seconds or so. */
export function createActivityMetrics(
  registry: Registry,
  clock: Clock,
): {
  readonly instrumentActivities: (handle: HandleActivity) => HandleActivity;
  /** Counts the status of a request that the server answered without its handler. */
  readonly countRejected: (status: number) => void;
} {
  const activities = new Counter({
    name: 'locksmith_activities_total',
    help: 'Activities from Bot Framework by the HTTP status they were answered with; 500 where a defect ended one.',
    labelNames: ['status'] as const,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'locksmith_activity_seconds',
    help: 'How long an activity waited for its answer, from when its body was read.',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10],
    registers: [registry],
  });
  for (const status of labelValues.statuses) activities.inc({ status }, 0);
  return {
    instrumentActivities: (handle) => (activity, authorization) =>
      timed(
        clock,
        (taken) => {
          seconds.observe(taken);
        },
        async () => {
          // The server answers with this where the handler throws.
          let status = 500;
          try {
            const answer = await handle(activity, authorization);
            ({ status } = answer);
            return answer;
          } finally {
            activities.inc({ status: String(status) });
          }
        },
      ),
    countRejected: (status) => {
      activities.inc({ status: String(status) });
    },
  };
}

type ConnectorCall = 'create' | 'post' | 'update' | 'member' | 'members';

/** Counts and times calls to the Bot Framework connector, each with all its tries, by what came of them. */
export function createConnectorMetrics(registry: Registry, clock: Clock): (connector: Connector) => Connector {
  const calls = new Counter({
    name: 'locksmith_connector_calls_total',
    help: 'Calls to the Bot Framework connector by outcome: "done", or the code of the failure.',
    labelNames: ['call', 'outcome'] as const,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'locksmith_connector_call_seconds',
    help: 'How long a call to the Bot Framework connector took, with the tries and the pauses between them.',
    labelNames: ['call'] as const,
    buckets: [0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  for (const call of ['create', 'post', 'update', 'member', 'members'] as const) {
    for (const outcome of labelValues.connectorOutcomes) calls.inc({ call, outcome }, 0);
  }
  return (connector) => ({
    createConversation: (...what) => count('create', () => connector.createConversation(...what)),
    post: (...what) => count('post', () => connector.post(...what)),
    update: (...what) => count('update', () => connector.update(...what)),
    members: (...what) => count('members', () => connector.members(...what)),
    member: (...what) => count('member', () => connector.member(...what)),
  });

  function count<Result>(call: ConnectorCall, act: () => Promise<Result>): Promise<Result> {
    const observe = (taken: number): void => {
      seconds.observe({ call }, taken);
    };
    return timed(clock, observe, async () => {
      try {
        const result = await act();
        calls.inc({ call, outcome: 'done' });
        return result;
      } catch (failure) {
        calls.inc({ call, outcome: failure instanceof ConnectorError ? failure.code : 'defect' });
        throw failure;
      }
    });
  }
}

/** Counts callers that the gate refuses, by the rule. */
export function createGateMetrics(registry: Registry): {
  readonly instrumentGate: (gate: Gate) => Gate;
  /** Counts what the limit of an address refuses; the server asks it first. */
  readonly instrumentAddresses: (addresses: AddressLimit) => AddressLimit;
} {
  const refusals = new Counter({
    name: 'locksmith_gate_refusals_total',
    help: 'What was not let in, by the rule that kept it out.',
    labelNames: ['rule'] as const,
    registers: [registry],
  });
  for (const rule of gateRules) refusals.inc({ rule }, 0);
  return {
    instrumentGate: (gate) => ({
      async admit(caller) {
        const admission = await gate.admit(caller);
        if (admission.kind === 'refused') refusals.inc({ rule: admission.rule });
        return admission;
      },
    }),
    instrumentAddresses: (addresses) => ({
      admit(address, authorization) {
        const admitted = addresses.admit(address, authorization);
        if (admitted === undefined) refusals.inc({ rule: 'address-limit' });
        return admitted;
      },
    }),
  };
}
