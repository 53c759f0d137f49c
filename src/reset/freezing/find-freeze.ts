import type { CustomerId } from '../../ids.ts';
import type { Freeze } from './freeze.ts';
import type { Tools } from '../tools.ts';

/** The freeze that keeps this customer's passwords from being reset now: its own, or the one of everything. */
export async function findFreeze(
  { freezes }: Pick<Tools, 'freezes'>,
  customer: CustomerId,
): Promise<Freeze | undefined> {
  const inForce = await freezes.inForce();
  return inForce.find(
    (freeze) => freeze.customer === undefined || freeze.customer.id.toLowerCase() === customer.toLowerCase(),
  );
}
