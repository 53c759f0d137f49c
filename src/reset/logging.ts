import type { CorrelationId, Log, LogLevel } from '../base/index.ts';
import type { Directory, PasswordSetting } from './ports/partner-center.ts';
import type { FreezeStore } from './ports/stores.ts';
import type { ResetStore } from './ports/request-store.ts';
import type { PartnerTrouble } from './refusal.ts';
import type { ResetRequest } from './request.ts';
import type { AuditEntry, AuditKind } from './audit-entry.ts';
import { recordsOf } from './step.ts';

/** The steps that an operator wants to read of every reset. The others are logged for debugging. */
const infoKinds: ReadonlySet<AuditKind> = new Set([
  'proposed',
  'confirmed',
  'approval-wanted',
  'approval-asked',
  'approval-reminded',
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
  'write-back-accepted',
  'sign-out-begun',
  'sign-out-ended',
  'access-pass-begun',
  'access-pass-ended',
  'passed-on',
  'replaced',
  'closed',
  'given-up',
  'hidden',
]);

/** Facts of an audit entry that hold codes and counts, never typed text or names. */
const loggedFacts = [
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
 * The same store, which logs every committed step and every added request, with ids and codes. It logs no name, address or
 * ticket.
 */
export function logSteps(store: ResetStore, log: Log): ResetStore {
  return {
    ...store,
    async add(request, entry) {
      const added = await store.add(request, entry);
      if (added === 'added') log({ ...readStepFields(request, entry), event: 'asked' });
      return added;
    },
    async swap(before, step) {
      const swapped = await store.swap(before, step);
      if (swapped.kind === 'swapped') {
        for (const { after, entry } of recordsOf(step)) log({ ...readStepFields(after, entry), event: 'step' });
      }
      return swapped;
    },
  };
}

function readStepFields(request: ResetRequest, { kind, actor, facts }: AuditEntry) {
  const { correlationId, state, version, target, refusal, attention, tries } = request;
  const level: LogLevel = infoKinds.has(kind) ? 'info' : 'debug';
  const said = Object.fromEntries(loggedFacts.flatMap((name) => (facts[name] == null ? [] : [[name, facts[name]]])));
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

/** The two ways to Partner Center. */
type PartnerPorts = { readonly directory: Directory; readonly setPassword: PasswordSetting };

/** The same ports, which log every failure at Partner Center with its codes and the correlation id. */
export function logPartnerTroubles({ directory, setPassword }: PartnerPorts, log: Log): PartnerPorts {
  return {
    directory: {
      async find(readings, correlationId, options) {
        const found = await directory.find(readings, correlationId, options);
        if (found.kind === 'trouble') say('find', found.trouble, correlationId);
        return found;
      },
      async lookUp(customer, user, correlationId) {
        const looked = await directory.lookUp(customer, user, correlationId);
        if (looked.kind === 'trouble') say('look-up', looked.trouble, correlationId);
        return looked;
      },
    },
    async setPassword(operation, password, deadline) {
      const outcome = await setPassword(operation, password, deadline);
      if (outcome.kind !== 'applied') say('reset', outcome.trouble, operation.correlationId, outcome.kind);
      return outcome;
    },
  };

  function say(
    doing: 'find' | 'look-up' | 'reset',
    { code, httpStatus, partnerCode }: PartnerTrouble,
    correlationId: CorrelationId,
    outcome?: 'refused' | 'not-tried' | 'unknown',
  ): void {
    log({
      level: 'warn',
      event: 'partner-center-trouble',
      doing,
      code,
      outcome,
      httpStatus,
      partnerCode,
      correlationId,
    });
  }
}

/** The same store, which logs every request that a freeze has refused. The fields are those of `logSteps`. */
export function logFreezes(freezes: FreezeStore, log: Log): FreezeStore {
  return {
    ...freezes,
    async add(freeze, entry, end) {
      const added = await freezes.add(freeze, entry, end);
      for (const { state, version, correlationId, target, refusal } of added.ended) {
        log({
          level: 'info',
          event: 'step',
          kind: 'refused',
          state,
          version,
          correlationId,
          actor: entry.actor,
          customer: target.customer.id,
          user: target.user.id,
          reason: refusal?.kind,
        });
      }
      return added;
    },
  };
}
