import { createGraph, type Graph, type GraphFetch, type TokenSource } from '../graph/index.ts';
import {
  createFollowUps,
  createGraphFacts,
  createGraphSight,
  createUserChanges,
  createWriteBack,
  type UserChanges,
} from '../directory/index.ts';
import type { FollowUps, GraphFacts, WriteBack } from '../reset/index.ts';
import type { AppSettings } from './app-settings.ts';
import type { Foundation } from './foundation.ts';
import { freshFetchOf } from './outbound-proxy.ts';

/**
 * Builds Microsoft Graph: what it tells of a user before a reset, what may follow one, and who has changed. Undefined where Graph is off, and
 * then nothing of it is asked.
 */
export function buildGraph(
  settings: Pick<AppSettings, 'graph'>,
  foundation: Pick<Foundation, 'platform' | 'clock' | 'instrumentation' | 'log' | 'raiseAlarm'> & {
    readonly store: Pick<Foundation['store'], 'readableFacts'>;
  },
  tokenFor: TokenSource | undefined,
):
  | {
      readonly facts: GraphFacts;
      readonly followUps: FollowUps;
      readonly writeBack: WriteBack;
      readonly changes: UserChanges;
    }
  | undefined {
  const graph = buildClient(settings, foundation, tokenFor);
  if (graph === undefined) return undefined;
  const { clock, log, raiseAlarm, store } = foundation;
  const sight = createGraphSight(clock);
  return {
    facts: createGraphFacts({ graph, sight, readable: store.readableFacts, clock, log, raiseAlarm }),
    followUps: createFollowUps({ graph, sight, readable: store.readableFacts, clock }),
    writeBack: createWriteBack(graph),
    changes: createUserChanges({ graph, sight, clock, log }),
  };
}

/**
 * Builds the client. `tokenFor` is the sign-in's, which gives a token of each customer's own tenant; in the sandbox the
 * settings bring one along.
 */
function buildClient(
  { graph = { kind: 'off' } }: Pick<AppSettings, 'graph'>,
  { platform, clock, instrumentation }: Pick<Foundation, 'platform' | 'clock' | 'instrumentation'>,
  tokenFor: TokenSource | undefined,
): Graph | undefined {
  if (graph.kind === 'off') return undefined;
  const source = graph.kind === 'given' ? graph.tokenFor : tokenFor;
  if (source === undefined) return undefined;
  const { fetch, random, signIn } = platform;
  const count = (by: GraphFetch): GraphFetch => instrumentation.instrumentGraphFetch(by);
  return createGraph({
    baseUrl: graph.kind === 'given' ? graph.url : signIn.graph,
    tokenFor: source,
    fetch: count(fetch),
    freshFetch: count(freshFetchOf(platform)),
    clock,
    random: random.fraction,
    newId: random.guid,
  });
}
