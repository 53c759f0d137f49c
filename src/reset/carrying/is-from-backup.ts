import type { ResetRequest } from '../reset-request.ts';

/**
 * Whether a request came back with a backup before its password was surely set. Rule: it is not reset any more. Whoever
 * was backed up went on after the backup, and may have set this password, or another one, and delivered it; since then the
 * user may have chosen their own.
 */
export function isFromBackup(
  { state, proposedAt, confirmedAt }: ResetRequest,
  restoredFrom: number | undefined,
): boolean {
  if (restoredFrom === undefined || proposedAt > restoredFrom) return false;
  switch (state) {
    case 'proposed':
      // Until it is confirmed it is nobody's work: it expires, or is refused when it is pressed.
      return confirmedAt !== undefined;
    case 'awaiting-approval':
    case 'approved':
    case 'message-open':
    case 'sealed':
    case 'resetting':
      return true;
    case 'reset':
    case 'needs-attention':
    case 'delivering':
    case 'delivered':
    case 'hidden':
    case 'cancelled':
    case 'declined':
    case 'expired':
    case 'refused':
      return false;
  }
}
