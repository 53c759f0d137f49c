/** Words and phrases of each class. A phrase is written with `_`: `locked_out`. */
export type WordClasses = Readonly<Record<string, string>>;

export type Lexicon = {
  /** By their first word, longest first. */
  readonly phrases: ReadonlyMap<string, readonly { readonly words: readonly string[]; readonly className: string }[]>;
  /** Every word that has a class, or is part of a phrase that has one. */
  readonly words: ReadonlySet<string>;
};

export function createLexicon(classes: WordClasses): Lexicon {
  const entries = Object.entries(classes).flatMap(([className, list]) =>
    list
      .split(/\s+/)
      .filter(Boolean)
      .map((phrase) => ({ words: phrase.split('_'), className })),
  );
  const phrases = Map.groupBy(
    entries.toSorted((one, other) => other.words.length - one.words.length),
    ({ words: [first = ''] }) => first,
  );
  return { phrases, words: new Set(entries.flatMap(({ words }) => words)) };
}

/** Whether a word has a class. */
export function isOf({ phrases }: Lexicon, word: string, className: string): boolean {
  return (phrases.get(word) ?? []).some((phrase) => phrase.words.length === 1 && phrase.className === className);
}

const anyWord = '(?: (?![^ ]*~MARK~)[^ ]+(?= |$))';
const atoms =
  /\(\?<?[!=:]?|\(|\)[?*+]?|\^\^?|\$\$?|\.\.\.?|\.\d+|!?[\p{L}\d'_&+/:,;-]+(?:\|[\p{L}\d'_&+/:,;-]+)*[?*+]?|\|/gu;

/** The words of a clause with their classes, ` reset~RESET~ <p>~PERSON~NAME~`, and each word and class that is in it. */
export type Words = { readonly units: string; readonly has: ReadonlySet<string> };

export function readWords(units: string): Words {
  return { units, has: new Set(units.split(/[ ~]/)) };
}

/** Patterns of which one must fit. `needs` are words and classes without which a pattern cannot: one of each. */
export type WordPatterns = readonly { readonly needs: readonly Need[]; readonly pattern: RegExp }[];

type Need = readonly string[];

/**
 * Compiles patterns over words. `RESET` is any word of that class, `reset` that word, `A|b` either, `!A` any other word,
 * `..` any words up to a mark, `.3` at most three, `...` any words. `^` and `$` are the ends of a clause, or a mark or a
 * courtesy there; `^^` and `$$` the ends alone. Groups, a `|` between spaces and `? * +` behind a word mean what they do in
 * any pattern.
 */
export function compilePatterns(patterns: readonly string[]): WordPatterns {
  return patterns.map((pattern) => {
    const parts = pattern.match(atoms) ?? [];
    return { needs: readNeeds(parts), pattern: new RegExp(parts.map(compileAtom).join(''), 'u') };
  });
}

/** Whether one of these patterns fits. Work grows with the patterns whose words are there. */
export function fits({ units, has }: Words, patterns: WordPatterns): boolean {
  return patterns.some(
    ({ needs, pattern }) => needs.every((need) => need.some((word) => has.has(word))) && pattern.test(units),
  );
}

function readNeeds(parts: readonly string[]): readonly Need[] {
  let at = 0;
  return readAlternatives();

  function readAlternatives(): readonly Need[] {
    const found = [readSequence()];
    while (parts[at] === '|') {
      at += 1;
      found.push(readSequence());
    }
    const [only = [], ...others] = found;
    if (others.length === 0) return only;
    return found.every(([need]) => need !== undefined) ? [found.flatMap(([need = []]) => need)] : [];
  }

  function readSequence(): readonly Need[] {
    const needs: Need[] = [];
    while (at < parts.length && parts[at] !== '|' && parts[at]?.startsWith(')') === false) {
      const part = parts[at] ?? '';
      at += 1;
      if (part.startsWith('(')) {
        const inside = readAlternatives();
        const isNeeded = part === '(' && !/[?*]$/.test(parts[at] ?? '');
        at += 1;
        if (isNeeded) needs.push(...inside);
      } else if (!/^[!^$.]|[?*]$/.test(part)) needs.push(part.replace(/\+$/, '').split('|'));
    }
    return needs;
  }
}

function compileAtom(atom: string): string {
  if (atom === '..') return `${anyWord}*?`;
  if (atom === '...') return '(?: [^ ]+(?= |$))*?';
  if (/^\.\d+$/.test(atom)) return `${anyWord}{0,${atom.slice(1)}}?`;
  if (atom === '^') return '(?<=^|~(?:MARK|LEAD)~[^ ]*)';
  if (atom === '$') return '(?=$| [^ ]*~MARK~)';
  if (atom === '^^') return '^';
  if (atom === '$$') return '$';
  if (/^(?:[()]|\|$)/.test(atom)) return atom === '(' ? '(?:' : atom;
  const isNot = atom.startsWith('!');
  const many = /[?*+]$/.exec(atom)?.[0] ?? '';
  const either = atom
    .replace(/^!|[?*+]$/g, '')
    .split('|')
    .map((name) => (/^[A-Z]/.test(name) ? `[^ ~]*~(?:[^ ]*~)?${name}~[^ ]*` : `${name}~[^ ]*`))
    .join('|');
  return (isNot ? `(?:(?! (?:${either})(?: |$)) [^ ]+(?= |$))` : `(?: (?:${either})(?= |$))`) + many;
}
