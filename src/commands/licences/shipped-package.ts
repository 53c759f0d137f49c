/** A package that is installed beside the bot in production. */
export type ShippedPackage = {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** Whether the bot runs without it too. */
  readonly optional: boolean;
};
