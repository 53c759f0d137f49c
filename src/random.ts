/** Randomness as an argument; every method draws from a source fit for secrets. */
export type Random = {
  /** 128 random bits as a version 4 GUID. */
  guid(): string;
  /** 128 random bits as 32 hexadecimal digits. */
  token(): string;
  /** A whole number from 0 up to, not including, `below`. */
  integer(below: number): number;
  bytes(length: number): Uint8Array;
  /** From 0 up to, not including, 1: for spreading retries, not for secrets. */
  fraction(): number;
};
