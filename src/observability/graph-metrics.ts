import { Counter, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../base/index.ts';
import type { GraphFetch } from '../graph/index.ts';
import { readGraphRoute } from './metric-labels.ts';
import { timed } from './timed.ts';

/** Counts and times every request to Microsoft Graph at customers, tries of one call one by one, by its address without ids. */
export function createGraphCallMetrics(registry: Registry, clock: Clock): (fetch: GraphFetch) => GraphFetch {
  const calls = new Counter({
    name: 'locksmith_graph_requests_total',
    help: 'Requests to Microsoft Graph at customers by address and by HTTP status, or by "no-answer" or "given-up" where there was none.',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'locksmith_graph_request_seconds',
    help: 'Time until Microsoft Graph began to answer, or until that was given up.',
    labelNames: ['method', 'route'] as const,
    buckets: [0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  return (fetch) => (url, init) => {
    const route = readGraphRoute(url);
    const { method } = init;
    const observe = (taken: number): void => {
      seconds.observe({ method, route }, taken);
    };
    return timed(clock, observe, async () => {
      try {
        const response = await fetch(url, init);
        const { status } = response;
        calls.inc({ method, route, status: status >= 100 && status < 600 ? String(status) : 'other' });
        return response;
      } catch (failure) {
        calls.inc({ method, route, status: init.signal.aborted ? 'given-up' : 'no-answer' });
        throw failure;
      }
    });
  };
}
