import { createHash } from 'node:crypto';
import type { Technician } from '../../reset/index.ts';

/**
 * A mark by which a card knows whose it is. It proves nothing: one who makes it up gets what they may have anyway. It keeps a
 * person from turning the pages of a colleague’s card by mistake.
 */
export function markOwner({ tenantId, objectId }: Technician): string {
  return createHash('sha256').update(`locksmith card ${tenantId} ${objectId}`).digest('base64url').slice(0, 16);
}
