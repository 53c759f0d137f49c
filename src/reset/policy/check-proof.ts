import type { Policy } from './policy.ts';
import type { Proof } from '../reset-request.ts';

export type ProofLack = 'verification-missing' | 'verification-unknown' | 'ticket-missing' | 'ticket-too-long';

/** A ticket number, not an essay. */
const longestTicket = 64;

/** Holds what was said about the caller against what the policy requires. A method that the policy does not name is none. */
export function checkProof(
  said: { readonly verification: string; readonly ticket: string },
  policy: Pick<Policy, 'verification' | 'ticket'>,
): { readonly kind: 'enough'; readonly proof: Proof } | { readonly kind: 'lacking'; readonly lack: ProofLack } {
  const verification = said.verification.trim();
  const ticket = policy.ticket === 'off' ? '' : said.ticket.trim();
  if (verification === '' && policy.verification.required) return { kind: 'lacking', lack: 'verification-missing' };
  if (verification !== '' && !policy.verification.methods.includes(verification)) {
    return { kind: 'lacking', lack: 'verification-unknown' };
  }
  if (ticket === '' && policy.ticket === 'required') return { kind: 'lacking', lack: 'ticket-missing' };
  if (ticket.length > longestTicket) return { kind: 'lacking', lack: 'ticket-too-long' };
  return { kind: 'enough', proof: { verification: verification || undefined, ticket: ticket || undefined } };
}
