import { readStoreError } from './read-store-error.ts';

/** Does some work with the database; what the database throws leaves as a `StoreError`. */
export async function reportFailure<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw readStoreError(error);
  }
}
