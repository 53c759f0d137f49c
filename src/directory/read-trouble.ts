import { partnerAdvice, PartnerError } from '../partner-center/index.ts';
import type { PartnerTrouble } from '../reset/partner-trouble.ts';

/** What a technician is told of a failed call. Anything but a `PartnerError` is a defect and is thrown on. */
export function readTrouble(failure: unknown): PartnerTrouble {
  if (!(failure instanceof PartnerError)) throw failure;
  const { says, next } = partnerAdvice[failure.code];
  return { code: failure.code, httpStatus: failure.httpStatus, partnerCode: failure.partnerCode, says, next };
}
