import { PartnerError } from './partner-error.ts';

/** An id that goes out as a header: a GUID, or undefined. Throws `invalid-argument`. */
export function readGuid(name: string, value: string | undefined): string | undefined {
  if (
    value !== undefined &&
    !(typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value))
  ) {
    throw new PartnerError({ code: 'invalid-argument', says: `${name} must be a GUID.` });
  }
  return value;
}
