/** The bot got no token of its own. It holds the sign-in library's code for why, and nothing that was sent or came back. */
export class BotTokenError extends Error {
  override readonly name = 'BotTokenError';
  readonly errorCode: string;

  constructor(errorCode: string) {
    super(`The bot got no token: ${errorCode}.`);
    this.errorCode = errorCode;
  }
}
