/** One call with all its tries. */
export type Operation = {
  readonly method: 'GET' | 'PATCH';
  /** Path and query below `/v1`. */
  readonly path: string;
  /** Headers besides the usual ones. */
  readonly headers: Readonly<Record<string, string>>;
  /** Makes the body anew for each try, so that it is kept nowhere. */
  readonly writeBody: (() => string) | undefined;
  readonly correlationId: string;
  readonly requestId: string;
  readonly locale: string;
  readonly signal: AbortSignal | undefined;
  readonly mayRepeat: boolean;
  readonly freshConnection: boolean;
};
