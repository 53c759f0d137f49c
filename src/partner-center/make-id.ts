import { PartnerError } from './partner-error.ts';
import { readGuid } from './read-guid.ts';

/** An id from `newId`. Throws `invalid-argument` where that throws or gives no GUID. */
export function makeId(newId: () => string): string {
  let id: string;
  try {
    id = newId();
  } catch {
    throw new PartnerError({ code: 'invalid-argument', says: 'newId failed.' });
  }
  return readGuid('newId', id) ?? id;
}
