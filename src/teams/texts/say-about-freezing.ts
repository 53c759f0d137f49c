import type { Freeze } from '../../reset/ports/stores.ts';
import { sayFreezes } from './say-freezes.ts';

/** Answers a question about freezing or thawing, which does neither: what is frozen, and what to type. Plain text. */
export function sayAboutFreezing(freezes: readonly Freeze[]): string {
  const how =
    'I took that as a question and changed nothing. To freeze or to thaw, type it without a question mark: freeze Contoso, freeze everything, thaw Contoso or thaw everything.';
  return [sayFreezes(freezes), how].filter(Boolean).join('\n');
}
