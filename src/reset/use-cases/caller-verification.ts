import { useCaseTunables } from '../../base/index.ts';
import type { Policy } from '../policy/policy.ts';
import type { CallerVerification, ResetRequest } from '../request.ts';

/**
 * What is known of the caller at the press. An input on the card wins over what the sentence said. A method from the
 * sentence counts as missing if the policy does not have it any more.
 */
export function addStated(
  said: { readonly verification: string; readonly ticket: string },
  request: ResetRequest,
  policy: Pick<Policy, 'verification' | 'ticket'>,
): { readonly verification: string; readonly ticket: string } {
  const stated = statedFor(request, policy);
  return {
    verification: said.verification.trim() === '' ? (stated.verification ?? '') : said.verification,
    ticket: said.ticket.trim() === '' ? (stated.ticket ?? '') : said.ticket,
  };
}

/** What the sentence said of the caller and the policy takes; the card asks for neither of them. */
export function statedFor(
  { stated }: Pick<ResetRequest, 'stated'>,
  { verification, ticket }: Pick<Policy, 'verification' | 'ticket'>,
): CallerVerification {
  const isMethod = stated?.verification !== undefined && verification.methods.includes(stated.verification);
  const isTicket =
    stated?.ticket !== undefined && ticket !== 'off' && stated.ticket.length <= useCaseTunables.maxTicketLength;
  return {
    verification: isMethod ? stated.verification : undefined,
    ticket: isTicket ? stated.ticket : undefined,
  };
}

export type VerificationLack = 'verification-missing' | 'verification-unknown' | 'ticket-missing' | 'ticket-too-long';

/** Holds what was said about the caller against what the policy requires. A method that the policy does not name is none. */
export function checkVerification(
  said: { readonly verification: string; readonly ticket: string },
  policy: Pick<Policy, 'verification' | 'ticket'>,
):
  | { readonly kind: 'enough'; readonly proof: CallerVerification }
  | { readonly kind: 'lacking'; readonly lack: VerificationLack } {
  const verification = said.verification.trim();
  const ticket = policy.ticket === 'off' ? '' : said.ticket.trim();
  if (verification === '' && policy.verification.required) return { kind: 'lacking', lack: 'verification-missing' };
  if (verification !== '' && !policy.verification.methods.includes(verification)) {
    return { kind: 'lacking', lack: 'verification-unknown' };
  }
  if (ticket === '' && policy.ticket === 'required') return { kind: 'lacking', lack: 'ticket-missing' };
  if (ticket.length > useCaseTunables.maxTicketLength) return { kind: 'lacking', lack: 'ticket-too-long' };
  return { kind: 'enough', proof: { verification: verification || undefined, ticket: ticket || undefined } };
}
