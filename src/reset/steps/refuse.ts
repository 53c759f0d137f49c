import type { Moved } from '../carry-out.ts';
import { makeStep } from '../make-step.ts';
import { policyHash } from '../policy-hash.ts';
import type { Refusal } from '../refusal.ts';
import type { ResetRequest } from '../reset-request.ts';
import type { Tools } from '../tools.ts';
import { swapStep } from './swap-step.ts';

/** Ends a request of which it is certain that nothing was changed, and erases its sealed password. */
export function refuse(tools: Tools, request: ResetRequest, refusal: Refusal): Promise<Moved> {
  const now = tools.clock.now();
  const trouble = refusal.kind === 'partner-center' ? refusal.trouble : undefined;
  const step = makeStep(
    request,
    {
      state: 'refused',
      refusal,
      endedAt: now,
      cardIsOwed: true,
      sealedPassword: undefined,
      lease: undefined,
      dueAt: now,
      putOff: 0,
    },
    {
      at: now,
      kind: 'refused',
      actor: 'locksmith',
      facts: {
        reason: refusal.kind,
        policy: policyHash(tools.policy()),
        trouble: trouble?.code ?? null,
        httpStatus: trouble?.httpStatus ?? null,
        partnerCode: trouble?.partnerCode ?? null,
        ...(refusal.kind === 'over-limit'
          ? { limit: refusal.limit, most: refusal.most, againAt: refusal.againAt }
          : {}),
      },
    },
  );
  return swapStep(tools, request, step);
}
