/** Whose confirmed requests a limit counts. */
export type LimitKind = 'technician' | 'customer' | 'user' | 'overall';

/** At most `most` confirmed requests within a window that slides and ends now. */
export type Limit = { readonly kind: LimitKind; readonly most: number; readonly windowMilliseconds: number };

/** A limit that is reached, and when there will be room again: milliseconds since 1970 in UTC. */
export type ReachedLimit = { readonly limit: Limit; readonly againAt: number };
