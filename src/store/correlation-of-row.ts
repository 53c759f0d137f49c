import { z } from 'zod';
import type { ResetRequestRow } from './schema.ts';

const shape = z.object({ correlationId: z.guid() });

/** The correlation id of a row that does not hold a request any more, where that can still be read; it has no column of its own. */
export function correlationOfRow({ details }: Pick<ResetRequestRow, 'details'>): string | undefined {
  try {
    return shape.safeParse(JSON.parse(details)).data?.correlationId;
  } catch {
    return undefined;
  }
}
