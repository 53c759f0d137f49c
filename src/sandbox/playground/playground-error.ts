/**
 * Why the Playground does not run. `not-installed`: the package is missing; `could-not-run`: no process could be
 * started; `port-taken`: something else listens there; `ended-early`: it ended before it could be used (a
 * configuration it dislikes does that); `did-not-answer`: it was not ready in time.
 */
export type PlaygroundErrorCode = 'not-installed' | 'could-not-run' | 'port-taken' | 'ended-early' | 'did-not-answer';

/** The Playground could not be started. Its message is a sentence for the person who typed `npm start`. */
export class PlaygroundError extends Error {
  override readonly name = 'PlaygroundError';
  readonly code: PlaygroundErrorCode;
  /** What it printed before anybody could talk to it; empty where it said nothing. */
  readonly output: string;

  constructor(code: PlaygroundErrorCode, message: string, output = '') {
    super(message);
    this.code = code;
    this.output = output;
  }
}
