import type { ResetRequestId } from '../../ids.ts';
import type { BackOff } from './create-back-off.ts';

/**
 * The same act, of which a failure is noted: what it could not write may have been written all the same, and is looked at
 * soon, and not when its lease ends.
 */
export function notingFailure<Given extends readonly unknown[], Done>(
  act: (id: ResetRequestId, ...given: Given) => Promise<Done>,
  backOff: Pick<BackOff, 'failed'>,
): (id: ResetRequestId, ...given: Given) => Promise<Done> {
  return async (id, ...given) => {
    try {
      return await act(id, ...given);
    } catch (failure) {
      backOff.failed(id);
      throw failure;
    }
  };
}
