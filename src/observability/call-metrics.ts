import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { Clock } from '../base/index.ts';
import type { GraphFetch } from '../graph/index.ts';
import { partnerErrorCodes, type PartnerFetch } from '../partner-center/index.ts';
import {
  type Directory,
  type PartnerTrouble,
  type PasswordSetting,
  ticketFailures,
  type Tickets,
} from '../reset/index.ts';
import { readGraphRoute, readPartnerRoute } from './metric-labels.ts';

/** Counts and times every request to Partner Center, tries of one call one by one, by its address without ids. */
export function createPartnerCallMetrics(registry: Registry, clock: Clock): (fetch: PartnerFetch) => PartnerFetch {
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
  return (fetch) => (url, init) => {
    const route = readPartnerRoute(url);
    const method = init.method === 'PATCH' ? 'PATCH' : 'GET';
    const observe = (taken: number): void => {
      seconds.observe({ method, route }, taken);
    };
    return timed(clock, observe, async () => {
      try {
        const response = await fetch(url, init);
        calls.inc({ method, route, status: formatStatus(response.status) });
        if (response.ok) answeredAt.set(clock.now() / 1000);
        return response;
      } catch (failure) {
        calls.inc({ method, route, status: init.signal.aborted ? 'given-up' : 'no-answer' });
        throw failure;
      }
    });
  };
}

function formatStatus(status: number): string {
  return Number.isInteger(status) && status >= 100 && status < 600 ? String(status) : 'other';
}

/** Counts what went wrong at Partner Center after all tries, by what was being done and the SDK's own code. */
export function createPartnerFailureMetrics(registry: Registry): {
  readonly instrumentDirectory: (directory: Directory) => Directory;
  readonly instrumentPasswordSetting: (setPassword: PasswordSetting) => PasswordSetting;
} {
  const troubles = new Counter({
    name: 'locksmith_partner_center_troubles_total',
    help: 'What could not be done at Partner Center, by the code of the failure.',
    labelNames: ['doing', 'code'] as const,
    registers: [registry],
  });
  for (const doing of ['find', 'look-up', 'reset']) {
    for (const code of [...partnerErrorCodes, 'other']) troubles.inc({ doing, code }, 0);
  }
  const count = (doing: 'find' | 'look-up' | 'reset', { code }: PartnerTrouble): void => {
    troubles.inc({ doing, code: partnerErrorCodes.find((known) => known === code) ?? 'other' });
  };
  return {
    instrumentDirectory: (directory) => ({
      async find(...question) {
        const found = await directory.find(...question);
        if (found.kind === 'trouble') count('find', found.trouble);
        return found;
      },
      async lookUp(...question) {
        const looked = await directory.lookUp(...question);
        if (looked.kind === 'trouble') count('look-up', looked.trouble);
        return looked;
      },
    }),
    instrumentPasswordSetting: (setPassword) => async (operation, password, deadline) => {
      const outcome = await setPassword(operation, password, deadline);
      if (outcome.kind !== 'applied') count('reset', outcome.trouble);
      return outcome;
    },
  };
}

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

const calls = ['look-up', 'find-note', 'add-note'] as const;

/** Counts what of the ticket system came to nothing, by what was asked of it and why. Each try of a note counts. */
export function createTicketMetrics(registry: Registry): (tickets: Tickets) => Tickets {
  const failures = new Counter({
    name: 'locksmith_ticket_failures_total',
    help: 'Look-ups and notes that came to nothing, by what was asked of the ticket system and why.',
    labelNames: ['call', 'code'] as const,
    registers: [registry],
  });
  for (const call of calls) for (const code of ticketFailures) failures.inc({ call, code }, 0);
  return ({ lookUp, findNote, addNote, ...rest }) => {
    const counted = async <Answer extends Counted>(
      call: (typeof calls)[number],
      asked: Promise<Answer>,
    ): Promise<Answer> => {
      const answer = await asked;
      if (answer.kind === 'failed' && answer.code !== undefined) failures.inc({ call, code: answer.code });
      return answer;
    };
    return {
      ...rest,
      lookUp: lookUp && ((number, signal) => counted('look-up', lookUp(number, signal))),
      findNote: findNote && ((note) => counted('find-note', findNote(note))),
      addNote: (note) => counted('add-note', addNote(note)),
    };
  };
}

/** An answer of the ticket system. Only a failed one has a code. */
type Counted = { readonly kind: string; readonly code?: (typeof ticketFailures)[number] };

/**
 * Makes a call and passes on its result or its failure. Before that, `observe` gets the seconds that it took, 0 where the
 * clock was set back meanwhile. The timer of prom-client would measure by another clock than ours.
 */
export async function timed<Result>(
  clock: Pick<Clock, 'now'>,
  observe: (seconds: number) => void,
  call: () => Promise<Result>,
): Promise<Result> {
  const begun = clock.now();
  try {
    return await call();
  } finally {
    observe(Math.max(0, clock.now() - begun) / 1000);
  }
}
