import type { Mood } from './vocabulary-shape.ts';
import type { Words } from './word-pattern.ts';

/** The smallest piece of a message that says something: `she forgot it`, `please reset the password of <p>`. */
export type Clause = {
  readonly words: Words;
  readonly mood: Mood | undefined;
  /** A mark, and no word alone, parts it from the clause before it. */
  readonly isParted: boolean;
  readonly isQuoted: boolean;
  /** The first token that is in it. */
  readonly from: number;
};

/** What ends at a full stop, a question mark or a line end. */
export type Statement = {
  readonly clauses: readonly Clause[];
  /** The line was quoted with `>`. */
  readonly isQuoted: boolean;
};
