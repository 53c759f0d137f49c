import { inspect } from 'node:util';

/**
 * A value that cannot be printed: `String`, `JSON.stringify` and `util.inspect` all give `[secret]`. Only `reveal` reads
 * it, so a search for that word finds every place that does.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Passes the value to `use` and returns its result. */
  reveal<Result>(use: (value: string) => Result): Result {
    return use(this.#value);
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}
