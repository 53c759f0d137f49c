import { Counter, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../clock.ts';
import type { HttpResponse } from '../teams/http/response.ts';
import { zeroKinds } from './zero-kinds.ts';

/** What takes an activity and gives the answer to it. */
export type Handle = (activity: object, authorization: string | undefined) => Promise<HttpResponse>;

/** Counts and times what Bot Framework sends: Teams shows an error where an answer takes longer than ten seconds or so. */
export function countActivities(
  registry: Registry,
  clock: Clock,
): {
  readonly watchActivities: (handle: Handle) => Handle;
  /** Told of the status of what the server turned away by itself, unread. */
  readonly countTurnedAway: (status: number) => void;
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
  for (const status of zeroKinds.statuses) activities.inc({ status }, 0);
  return {
    watchActivities: (handle) => async (activity, authorization) => {
      const begun = clock.now();
      // What throws is answered with this by the server.
      let status = 500;
      try {
        const answer = await handle(activity, authorization);
        ({ status } = answer);
        return answer;
      } finally {
        activities.inc({ status: String(status) });
        seconds.observe(Math.max(0, clock.now() - begun) / 1000);
      }
    },
    countTurnedAway: (status) => {
      activities.inc({ status: String(status) });
    },
  };
}
