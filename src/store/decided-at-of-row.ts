import { z } from 'zod';
import type { ResetRequestRow } from './schema.ts';

const shape = z.object({ approval: z.object({ decision: z.object({ at: z.number() }).optional() }).optional() });

/** When a second person decided about a request; undefined where none has, or the row cannot be read. */
export function decidedAtOfRow({ details }: Pick<ResetRequestRow, 'details'>): number | undefined {
  try {
    return shape.safeParse(JSON.parse(details)).data?.approval?.decision?.at;
  } catch {
    return undefined;
  }
}
