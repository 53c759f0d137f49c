/** What went wrong at Partner Center, in words for a technician: nothing of the request or the answer is in it. */
export type PartnerTrouble = {
  /** The SDK's closed code. */
  readonly code: string;
  readonly httpStatus: number | undefined;
  /** Partner Center's own code, such as `900308`. */
  readonly partnerCode: string | undefined;
  /** What happened, in a sentence. */
  readonly says: string;
  /** What the technician should do next, in a sentence. */
  readonly next: string;
};
