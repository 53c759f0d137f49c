import { createHash } from 'node:crypto';
import { type CorrelationId, type ResetRequestId, useCaseTunables } from '../base/index.ts';
import type { Dependencies } from './dependencies.ts';
import type { Technician } from './identity.ts';
import { findSight } from './policy/reach.ts';
import { findRights } from './policy/rights.ts';
import type { ResetRequest } from './request.ts';

/** Neither look-alikes (0 O, 1 I L, 2 Z, 5 S, 6 G, 8 B, U V) nor vowels, which would make words. */
const alphabet = 'CDFGHJKMNPQRTWXY3479';

const length = 8;

/** Two requests of a million share a first reference now and then. How many share this many is not a number that occurs. */
export const maxReferencesTried = 32;

/**
 * The reference of a request that can be read out: `K7QM-3XWD`, 34 bits. It follows from the id, so nothing else has to be
 * believed about it. Where another request has it already, the store takes that of the next try.
 */
export function makeReference(id: ResetRequestId, tries = 0): string {
  const digest = createHash('sha256').update(`locksmith reference 1 ${tries} ${id}`).digest('hex');
  let rest = BigInt(`0x${digest}`);
  let text = '';
  while (text.length < length) {
    text += alphabet[Number(rest % BigInt(alphabet.length))] ?? '';
    rest /= BigInt(alphabet.length);
  }
  return `${text.slice(0, length / 2)}-${text.slice(length / 2)}`;
}

/** Whether a reference that was stored for a request follows from its id. */
export function isReferenceOf(reference: string, id: ResetRequestId): boolean {
  for (let tries = 0; tries < maxReferencesTried; tries += 1) {
    if (makeReference(id, tries) === reference) return true;
  }
  return false;
}

/** Reads a reference as it was typed: in any case, with a hyphen, a space or nothing between the groups. */
export function readReference(typed: string): string | undefined {
  const text = typed.toUpperCase().replaceAll(/[\s#-]/g, '');
  if (text.length !== length || [...text].some((letter) => !alphabet.includes(letter))) return undefined;
  return `${text.slice(0, length / 2)}-${text.slice(length / 2)}`;
}

/**
 * Whether a typed text names a request: by the reference that is stored for it, by the first one, which stands on its cards, or
 * by the beginning of its correlation id. Two of a million requests may share a first one; then both are named.
 */
export function namesRequest(
  typed: string,
  { id, correlationId }: { readonly id: ResetRequestId; readonly correlationId: CorrelationId },
  stored?: string,
): boolean {
  const reference = readReference(typed);
  if (reference !== undefined && (reference === stored || reference === makeReference(id))) return true;
  const start = typed.trim().toLowerCase();
  return start.length >= useCaseTunables.minReferenceLength && correlationId.toLowerCase().startsWith(start);
}

/** Those of the requests that the typed text names. */
export async function keepNamed(
  { store }: Pick<Dependencies, 'store'>,
  requests: readonly ResetRequest[],
  typed: string,
): Promise<readonly ResetRequest[]> {
  const references = await store.references(requests.map(({ id }) => id));
  return requests.filter((request) => namesRequest(typed, request, references.get(request.id)));
}

/** The unfinished requests of this person that the typed text names. */
export async function findOwnByReference(
  dependencies: Dependencies,
  technician: Technician,
  reference: string,
): Promise<readonly ResetRequest[]> {
  const unfinished = await dependencies.store.unfinished(technician.objectId, technician.tenantId);
  return keepNamed(dependencies, unfinished, reference);
}

/**
 * The latest requests of this person that the typed text names, over or not, of customers for which they have a right now.
 */
export async function findPastByReference(
  dependencies: Dependencies,
  technician: Technician,
  reference: string,
): Promise<readonly ResetRequest[]> {
  const whose = { technician: technician.objectId, tenant: technician.tenantId };
  const latest = await dependencies.store.history(whose, useCaseTunables.maxHistorySearched);
  const sight = await findSight(dependencies, technician);
  const seen = latest.filter(({ target }) => sight.permits(target.customer.id));
  return keepNamed(dependencies, seen, reference);
}

/**
 * The requests of all people whose password waits to be delivered or cannot be read, and that the typed text names. Empty for a
 * person who is no auditor.
 */
export async function findUndeliveredByReference(
  dependencies: Dependencies,
  technician: Technician,
  reference: string,
): Promise<readonly ResetRequest[]> {
  const { mayAudit } = await findRights(dependencies, technician);
  if (!mayAudit) return [];
  return keepNamed(dependencies, await dependencies.store.waiting(), reference);
}
