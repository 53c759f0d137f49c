import { inspect } from 'node:util';

/**
 * A value that cannot be printed: `String`, `JSON.stringify` and `util.inspect` all say `[secret]`.
 * It is read by handing a function to `reveal`, so every place that does is found by that one word.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** Gives the value to `use` and returns what that returns. */
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
