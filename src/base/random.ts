import { randomBytes, randomInt, randomUUID } from 'node:crypto';

/** Randomness as an argument; every method draws from a source fit for secrets. */
export type Random = {
  /** 128 random bits as a version 4 GUID. */
  readonly guid: () => string;
  /** 128 random bits as 32 hexadecimal digits. */
  readonly token: () => string;
  /** A whole number from 0 up to, not including, `below`. */
  readonly integer: (below: number) => number;
  readonly bytes: (length: number) => Uint8Array;
  /** From 0 up to, not including, 1: for spreading retries, not for secrets. */
  readonly fraction: () => number;
};

/** The operating system's own randomness. */
export const systemRandom: Random = {
  guid: () => randomUUID(),
  token: () => randomBytes(16).toString('hex'),
  integer: (below) => randomInt(below),
  bytes: (length) => randomBytes(length),
  fraction: () => randomInt(2 ** 32) / 2 ** 32,
};
