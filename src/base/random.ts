import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Randomness as an argument. Every method but `fraction` has to be fit for secrets. */
export type Random = {
  /** 128 random bits as a version 4 GUID. */
  readonly guid: () => string;
  /** 128 random bits as 32 hexadecimal digits. */
  readonly token: () => string;
  /** An integer of at least 0 and less than `below`, each equally likely. */
  readonly integer: (below: number) => number;
  readonly bytes: (length: number) => Uint8Array;
  /** A number of at least 0 and less than 1, for spreading retries and not for secrets. */
  readonly fraction: () => number;
};

/** The randomness of the operating system. */
export const systemRandom: Random = {
  guid: () => randomUUID(),
  token: () => randomBytes(16).toString('hex'),
  integer: (below) => randomInt(below),
  bytes: (length) => randomBytes(length),
  fraction: () => randomInt(2 ** 32) / 2 ** 32,
};
