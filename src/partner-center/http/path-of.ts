import { PartnerError } from '../partner-error.ts';

/** A path below `/v1`; each value becomes exactly one segment of it. Throws `invalid-argument` where it cannot. */
export function pathOf(strings: TemplateStringsArray, ...segments: readonly string[]): string {
  return String.raw({ raw: strings }, ...segments.map(encodeSegment));
}

function encodeSegment(segment: string): string {
  if (segment === '' || segment === '.' || segment === '..' || !segment.isWellFormed()) {
    throw new PartnerError({ code: 'invalid-argument', says: 'An id must be set and be one segment of an address.' });
  }
  return encodeURIComponent(segment);
}
