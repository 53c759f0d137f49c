import type { End } from './recorded.ts';

const frozen: End = { state: 'refused', refusal: 'frozen', sent: 0, put: 0 };

/** Requests that end otherwise than commit 84dc7a8 ended them: since then a freeze stops what is sealed and has sent nothing. */
const laterEnds: ReadonlyMap<string, End> = new Map([
  ['sealed, the customer is frozen since', frozen],
  ['sealed, everything is frozen since', frozen],
]);

/** Where a recorded request ends now. */
export function endOfRecorded({ label, end }: { readonly label: string; readonly end: End }): End {
  return laterEnds.get(label) ?? end;
}
