import type { Step } from './audit-entry.ts';
import { makeStep } from './make-step.ts';
import type { Refusal } from './refusal.ts';
import type { ResetRequest } from './reset-request.ts';
import type { Technician } from './people/technician.ts';

/** The step that ends a request of which it is certain that nothing was changed, and erases its sealed password. */
export function refusalStep(
  request: ResetRequest,
  refusal: Refusal,
  said: { readonly at: number; readonly policy: string; readonly person?: Technician },
): Step {
  const { at, policy, person } = said;
  const trouble = refusal.kind === 'partner-center' ? refusal.trouble : undefined;
  return makeStep(
    request,
    {
      state: 'refused',
      refusal,
      endedAt: at,
      cardIsOwed: true,
      sealedPassword: undefined,
      lease: undefined,
      dueAt: at,
      putOff: 0,
    },
    {
      at,
      kind: 'refused',
      actor: person?.objectId ?? 'locksmith',
      ...(person && { person }),
      facts: {
        reason: refusal.kind,
        policy,
        trouble: trouble?.code ?? null,
        httpStatus: trouble?.httpStatus ?? null,
        partnerCode: trouble?.partnerCode ?? null,
        ...(refusal.kind === 'over-limit' && {
          limit: refusal.limit,
          most: refusal.most,
          againAt: refusal.againAt,
        }),
      },
    },
  );
}
