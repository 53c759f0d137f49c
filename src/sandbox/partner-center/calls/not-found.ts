import type { Answer } from '../http/answer.ts';
import { refuse } from '../http/refuse.ts';

/** 404 for a customer that is not there. */
export function customerNotFound(customerId: string): Answer {
  return refuse(404, 60_003, `Tenant ${customerId} not found.`, [customerId]);
}

/** 404 for a user that is not there, or is there no longer. */
export function userNotFound(userId: string): Answer {
  return refuse(404, 60_002, `User object Id ${userId} is not found.`, [userId]);
}
