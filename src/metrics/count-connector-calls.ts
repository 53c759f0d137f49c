import { Counter, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Connector } from '../teams/connector/connector.ts';
import { ConnectorError } from '../teams/connector/retries.ts';
import { zeroKinds } from './zero-kinds.ts';

type Call = 'create' | 'post' | 'update' | 'member';

/** Counts and times calls to the Bot Framework connector, each with all its tries, by what came of them. */
export function countConnectorCalls(registry: Registry, clock: Clock): (connector: Connector) => Connector {
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
  for (const call of ['create', 'post', 'update', 'member'] as const) {
    for (const outcome of zeroKinds.connectorOutcomes) calls.inc({ call, outcome }, 0);
  }
  return (connector) => ({
    createConversation: (...what) => watch('create', () => connector.createConversation(...what)),
    post: (...what) => watch('post', () => connector.post(...what)),
    update: (...what) => watch('update', () => connector.update(...what)),
    member: (...what) => watch('member', () => connector.member(...what)),
  });

  async function watch<Result>(call: Call, act: () => Promise<Result>): Promise<Result> {
    const begun = clock.now();
    try {
      const result = await act();
      calls.inc({ call, outcome: 'done' });
      return result;
    } catch (failure) {
      calls.inc({ call, outcome: failure instanceof ConnectorError ? failure.code : 'defect' });
      throw failure;
    } finally {
      seconds.observe({ call }, Math.max(0, clock.now() - begun) / 1000);
    }
  }
}
