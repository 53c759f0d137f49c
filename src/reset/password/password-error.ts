/** Why no password could be made: the random source misbehaves, or the names leave nothing to draw. */
export type PasswordErrorCode = 'bad-random' | 'no-candidate';

const sentences = {
  'bad-random': 'The random source gave a number outside the range that was asked for.',
  'no-candidate': 'No password without a part of the given names was found in the allowed number of draws.',
} satisfies Record<PasswordErrorCode, string>;

/** No password could be made. It holds no candidate and no name. */
export class PasswordError extends Error {
  readonly code: PasswordErrorCode;

  constructor(code: PasswordErrorCode) {
    super(sentences[code]);
    this.name = 'PasswordError';
    this.code = code;
  }
}
