import type { Step } from '../../audit-entry.ts';
import type { Moved } from '../carry-out.ts';
import { frozenRefusal } from '../../freezing/frozen-refusal.ts';
import type { ResetRequest } from '../../reset-request.ts';
import type { Tools } from '../../tools.ts';
import { refuse } from './refuse.ts';

/**
 * Makes a step towards a reset. The store lets it through only while the customer is not frozen and nobody else is
 * resetting the same person; otherwise the request is refused, with the reason.
 */
export async function goOn(tools: Tools, request: ResetRequest, step: Step): Promise<Moved> {
  const swapped = await tools.store.swap(request, step);
  switch (swapped.kind) {
    case 'swapped':
      return { kind: 'moved', request: swapped.request };
    case 'stale':
    case 'over-limit':
      return { kind: 'stale' };
    case 'frozen':
      return refuse(tools, request, frozenRefusal(swapped.freeze));
    case 'user-busy': {
      const other = await tools.store.underWay(request.target.customer.id, request.target.user.id);
      return refuse(tools, request, { kind: 'under-way', by: other?.technician.name ?? 'somebody else' });
    }
  }
}
