import { partnerAdvice, PartnerError } from '../partner-center/index.ts';
import { type PartnerTrouble, signInAdvice } from '../reset/refusal.ts';

/** What a technician is told of a failed call. Anything but a `PartnerError` is a defect and is thrown on. */
export function readTrouble(failure: unknown): PartnerTrouble {
  if (!(failure instanceof PartnerError)) throw failure;
  const { says, next } = signInAdviceOn(failure.signInCode) ?? partnerAdvice[failure.code];
  return { code: failure.code, httpStatus: failure.httpStatus, partnerCode: failure.partnerCode, says, next };
}

/** Our own sign-in says more exactly what is wrong than the SDK can know. */
function signInAdviceOn(code: string | undefined): Pick<PartnerTrouble, 'says' | 'next'> | undefined {
  return Object.entries(signInAdvice).find(([known]) => known === code)?.[1];
}
