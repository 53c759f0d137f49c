import { formsOfSecret } from './forms-of-secret.ts';

/** A place where something may have been left: what it is called, and what stands there. */
export type Sink = {
  readonly name: string;
  readonly text: string;
  /** Whether it is meant to hold the password. */
  readonly mayHoldPassword?: boolean;
  /** Whether it is meant to hold a Temporary Access Pass. */
  readonly mayHoldPass?: boolean;
  /** Whether it is meant to hold a number on file: a message in somebody's own chat. */
  readonly mayHoldNumber?: boolean;
};

/** Something that must not be found, and what it is called, since it is never said itself. */
export type Canary = {
  readonly kind: 'password' | 'pass' | 'token' | 'key' | 'number on file';
  readonly secret: string;
};

/** Says where a canary lies, in any form: nothing where all is well. */
export function findCanaries(canaries: readonly Canary[], sinks: readonly Sink[]): readonly string[] {
  const searched = canaries.map(({ kind, secret }) => ({ kind, forms: formsOfSecret(secret) }));
  return sinks.flatMap(({ name, text, mayHoldPassword = false, mayHoldPass = false, mayHoldNumber = false }) =>
    searched
      .filter(
        ({ kind, forms }) =>
          !(mayHoldPassword && kind === 'password') &&
          !(mayHoldNumber && kind === 'number on file') &&
          !(mayHoldPass && kind === 'pass') &&
          forms.some((form) => text.includes(form)),
      )
      .map(({ kind }) => `a ${kind} lies in ${name}`),
  );
}
