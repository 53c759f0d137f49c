import type { AggregatePartner, PartnerOptions } from '../../src/partner-center/index.ts';
import { createPartner } from '../../src/partner-center/index.ts';
import { Secret } from '../../src/secret.ts';
import { createFakeClock } from './create-fake-clock.ts';

/** A partner against a server of a test, with a clock that does not make it wait and limits that are never over. */
export function connect(server: { readonly baseUrl: string }, options: Partial<PartnerOptions> = {}): AggregatePartner {
  return createPartner({
    credentials: { getToken: () => Promise.resolve(new Secret('token-CANARY-1')) },
    baseUrl: server.baseUrl,
    clock: createFakeClock(),
    random: () => 0.5,
    timeouts: { perTry: 2_000_000, whole: 4_000_000 },
    ...options,
  });
}
