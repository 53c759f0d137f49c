import { Counter, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { Answer } from '../teams/answer-request.ts';

/** What takes an activity and gives the answer to it. */
export type Handle = (activity: object, authorization: string | undefined) => Promise<Answer>;

/** Counts and times what Bot Framework sends: Teams shows an error where an answer takes longer than ten seconds or so. */
export function countActivities(registry: Registry, clock: Clock): (handle: Handle) => Handle {
  const activities = new Counter({
    name: 'locksmith_activities_total',
    help: 'Activities from Bot Framework by the HTTP status they were answered with.',
    labelNames: ['status'] as const,
    registers: [registry],
  });
  const seconds = new Histogram({
    name: 'locksmith_activity_seconds',
    help: 'How long an activity waited for its answer.',
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10],
    registers: [registry],
  });
  return (handle) => async (activity, authorization) => {
    const begun = clock.now();
    const answer = await handle(activity, authorization);
    activities.inc({ status: String(answer.status) });
    seconds.observe(Math.max(0, clock.now() - begun) / 1000);
    return answer;
  };
}
