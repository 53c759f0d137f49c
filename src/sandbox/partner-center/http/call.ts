/** A request as it came in. */
export type Call = {
  readonly method: string;
  /** The path as sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The caller's port: the same for calls over the same connection. */
  readonly remotePort: number;
};
