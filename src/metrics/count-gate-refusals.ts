import { Counter, type Registry } from 'prom-client';
import { type Gate, gateRules } from '../teams/gate/admission.ts';
import type { AddressLimit } from '../teams/gate/rate-limits.ts';

/** Counts what is not let in, by the rule. */
export function countGateRefusals(registry: Registry): {
  readonly watchGate: (gate: Gate) => Gate;
  /** For the buckets of addresses, which the server asks before anything else. */
  readonly watchAddresses: (addresses: AddressLimit) => AddressLimit;
} {
  const refusals = new Counter({
    name: 'locksmith_gate_refusals_total',
    help: 'What was not let in, by the rule that kept it out.',
    labelNames: ['rule'] as const,
    registers: [registry],
  });
  for (const rule of gateRules) refusals.inc({ rule }, 0);
  return {
    watchGate: (gate) => ({
      async admit(caller) {
        const admission = await gate.admit(caller);
        if (admission.kind === 'refused') refusals.inc({ rule: admission.rule });
        return admission;
      },
    }),
    watchAddresses: (addresses) => ({
      ...addresses,
      take(address, authorization) {
        const taken = addresses.take(address, authorization);
        if (!taken) refusals.inc({ rule: 'address-limit' });
        return taken;
      },
    }),
  };
}
