import type { Clock } from '../../clock.ts';
import type { Log } from '../../log.ts';
import type { Technician } from '../../reset/identity.ts';
import { describeError } from '../describe-error.ts';
import { createTokenBuckets } from './create-token-buckets.ts';
import type { Gate, GateRule } from './gate.ts';

/** Writes down that somebody was turned away, and by which rule. */
export type RecordRefusal = (technician: Technician, rule: GateRule) => Promise<void>;

/**
 * Enough to see who tries; whoever tries without end must not fill the trail. Each rule has a share of its own, so that
 * no crowd of strangers hides who of the house is turned away.
 */
const perPerson = { burst: 3, perSecond: 1 / 60 };
const altogether = { burst: 100, perSecond: 1 };

/**
 * The same gate, which has those written down whom it turns away although their token is good. Who is nobody as far as
 * anybody can tell is never written down, and a store that cannot be written lets nobody in.
 */
export function recordRefusals(
  gate: Gate,
  { record, clock, log }: { readonly record: RecordRefusal; readonly clock: Clock; readonly log: Log },
): Gate {
  const ofOne = createTokenBuckets({ ...perPerson, clock });
  const ofAll = createTokenBuckets({ ...altogether, clock });
  return {
    async admit(caller) {
      const admission = await gate.admit(caller);
      if (admission.kind === 'admitted' || admission.technician === undefined) return admission;
      const { technician, rule } = admission;
      if (!ofOne.take(`${technician.tenantId}/${technician.objectId}`) || !ofAll.take(rule)) return admission;
      try {
        await record(technician, rule);
      } catch (failure) {
        log({ level: 'error', event: 'refusal-not-recorded', rule, ...describeError(failure) });
      }
      return admission;
    },
  };
}
