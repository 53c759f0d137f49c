import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { PartnerFetch } from '../partner-center/index.ts';
import { routeOf } from './route-of.ts';

/** Counts and times every request to Partner Center, tries of one call one by one, by its address without ids. */
export function countPartnerCalls(registry: Registry, clock: Clock): (fetch: PartnerFetch) => PartnerFetch {
  const calls = new Counter({
    name: 'locksmith_partner_center_requests_total',
    help: 'Requests to Partner Center by address and by HTTP status, or by "no-answer" or "given-up" where there was none.',
    labelNames: ['method', 'route', 'status'] as const,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'locksmith_partner_center_request_seconds',
    help: 'Time until Partner Center began to answer, or until that was given up.',
    labelNames: ['method', 'route'] as const,
    buckets: [0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const answeredAt = new Gauge({
    name: 'locksmith_partner_center_last_success_timestamp_seconds',
    help: 'When Partner Center last answered with success; absent before it has.',
    registers: [registry],
  });
  answeredAt.remove();
  return (fetch) => async (url, init) => {
    const [route, begun] = [routeOf(url), clock.now()];
    const method = init.method === 'PATCH' ? 'PATCH' : 'GET';
    try {
      const response = await fetch(url, init);
      calls.inc({ method, route, status: statusOf(response.status) });
      if (response.ok) answeredAt.set(clock.now() / 1000);
      return response;
    } catch (failure) {
      calls.inc({ method, route, status: init.signal.aborted ? 'given-up' : 'no-answer' });
      throw failure;
    } finally {
      seconds.observe({ method, route }, Math.max(0, clock.now() - begun) / 1000);
    }
  };
}

function statusOf(status: number): string {
  return Number.isInteger(status) && status >= 100 && status < 600 ? String(status) : 'other';
}
