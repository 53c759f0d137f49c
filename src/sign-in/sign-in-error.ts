import type { SignInTrouble } from '../reset/refusal.ts';

/** Why there is no token. It holds no request, no answer, no claims and no token; the SDK keeps its `code`. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly code: SignInTrouble;
  /** Entra's own number, such as 50076 for `AADSTS50076`. */
  readonly entraCode: number | undefined;

  constructor(code: SignInTrouble, entraCode?: number) {
    super(`There is no sign-in: ${code}.`);
    this.code = code;
    this.entraCode = entraCode;
  }
}
