import type { Log, LogLevel } from '../log.ts';
import type { AuditEntry, AuditKind } from './audit-entry.ts';
import type { ResetStore } from './ports/reset-store.ts';
import type { ResetRequest } from './reset-request.ts';

/** What somebody who runs the bot wants to read of every reset, in order; what else is done is a matter of debugging. */
const worthReading: ReadonlySet<AuditKind> = new Set([
  'proposed',
  'confirmed',
  'approval-wanted',
  'approval-asked',
  'approval-given',
  'approved',
  'declined',
  'cancelled',
  'expired',
  'refused',
  'sign-in-awaited',
  'try-ended',
  'needs-attention',
  'delivered',
  'revealed',
  'passed-on',
  'closed',
  'given-up',
  'hidden',
]);

/** Facts of an entry that hold codes, counts and nothing that anybody typed or is called. */
const sayable = [
  'reason',
  'limit',
  'most',
  'try',
  'outcome',
  'trouble',
  'why',
  'by',
  'waitedFor',
  'how',
  'view',
] as const;

/**
 * The same store, which says of every step that was committed what it was, and of every request that was added how it
 * stands: with ids and codes, and without a name, an address or a ticket.
 */
export function logSteps(store: ResetStore, log: Log): ResetStore {
  return {
    ...store,
    async add(request, entry) {
      const added = await store.add(request, entry);
      if (added === 'added') log({ ...about(request, entry), event: 'asked' });
      return added;
    },
    async swap(before, step) {
      const swapped = await store.swap(before, step);
      if (swapped.kind === 'swapped') log({ ...about(swapped.request, step.entry), event: 'step' });
      return swapped;
    },
  };
}

function about(request: ResetRequest, { kind, actor, facts }: AuditEntry) {
  const { correlationId, state, version, target, refusal, attention, tries } = request;
  const level: LogLevel = worthReading.has(kind) ? 'info' : 'debug';
  const said = Object.fromEntries(sayable.flatMap((name) => (facts[name] == null ? [] : [[name, facts[name]]])));
  const isAnswered = kind === 'try-ended' || kind === 'refused' || kind === 'needs-attention';
  const last = isAnswered ? tries.at(-1) : undefined;
  const trouble = refusal?.kind === 'partner-center' ? refusal.trouble : attention?.trouble;
  const answered = isAnswered && {
    httpStatus: last?.httpStatus ?? trouble?.httpStatus,
    partnerCode: last?.partnerCode ?? trouble?.partnerCode,
  };
  return {
    level,
    kind,
    state,
    version,
    correlationId,
    actor,
    customer: target.customer.id,
    user: target.user.id,
    ...said,
    ...answered,
  } as const;
}
