import { createGraph, type Graph, type GraphFetch, type TokenSource } from '../graph/index.ts';
import type { AppSettings, Foundation } from './foundation.ts';
import { freshGraphFetchOf } from './outbound-proxy.ts';

/**
 * Builds the client of Microsoft Graph; undefined where Graph is off, and then nothing of it is asked. `tokenFor` is the
 * sign-in's, which gives a token of each customer's own tenant; in the sandbox the settings bring one along.
 */
export function buildGraph(
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
    freshFetch: count(freshGraphFetchOf(platform)),
    clock,
    random: random.fraction,
    newId: random.guid,
  });
}
