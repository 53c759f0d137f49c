import type { Mention, Sentence } from './sentence.ts';
import type { Clause, Statement } from './statement.ts';
import type { Token } from './tokens.ts';
import { fits, readWords } from './word-pattern.ts';
import type { ClauseVocabulary, Mood, Vocabulary } from './vocabulary-shape.ts';

type Piece = { units: string; isParted: boolean; isQuoted: boolean; from: number };

const ends = /^[.!?\n]$/;
const parts = /^[,;:()|[\]–"=>*•+/-]$/;

/** The statements of a message with these names. Each list of names is read once. */
export function readStatements(
  sentence: Sentence,
  mentions: readonly Mention[],
  vocabulary: Pick<Vocabulary, 'clauses' | 'common'>,
): readonly Statement[] {
  const known = sentence.statements.get(mentions);
  if (known !== undefined) return known;
  const statements = cutStatements(sentence, mentions, vocabulary);
  sentence.statements.set(mentions, statements);
  return statements;
}

/** Cuts a message into statements, and those into clauses. A piece that says nothing by itself joins the one before it. */
function cutStatements(
  sentence: Sentence,
  mentions: readonly Mention[],
  { clauses: vocabulary, common }: Pick<Vocabulary, 'clauses' | 'common'>,
): readonly Statement[] {
  const { tokens } = sentence;
  const statements: Statement[] = [];
  let pieces: Piece[] = [];
  let units = '';
  let from = 0;
  let isParted = true;
  let isLineQuoted = false;
  let isInQuotes = false;
  const closePiece = (byMark: boolean): void => {
    if (units !== '') pieces.push({ units, isParted, isQuoted: isInQuotes, from });
    else if (!byMark) return;
    units = '';
    isParted = byMark;
  };
  const closeStatement = (isQuestion = false): void => {
    closePiece(true);
    if (isQuestion)
      for (const [at, piece] of pieces.entries())
        piece.units += at === pieces.length - 1 ? ' ?~QUESTION~ASKED~MARK~' : ' ?~ASKED~MARK~';
    if (pieces.length > 0) statements.push({ clauses: join(pieces, vocabulary), isQuoted: isLineQuoted });
    pieces = [];
  };
  for (let number = 0; number < tokens.length;) {
    const token = tokens[number];
    if (token === undefined) break;
    if (units === '') from = number;
    const mention = mentions.find((one) => one.from === number);
    const isLineStart = number === 0 || tokens[number - 1]?.text === '\n';
    if (isLineStart) isLineQuoted = token.text === '>';
    if (isLineStart && /^[-*•]$/.test(token.text)) units += ' -~BULLET~MARK~';
    if (mention !== undefined) {
      units += writeName(mention, tokens[mention.to - 1]);
      number = mention.to;
      continue;
    }
    const clock = tokens
      .slice(number, number + 3)
      .map(({ text }) => text)
      .join('');
    if (/^\d{1,2}:\d\d/.test(clock)) {
      units += ` ${clock}~HOUR~`;
      number += 3;
      continue;
    }
    if (ends.test(token.text) && !isAbbreviation(number)) {
      closeStatement(token.text === '?');
      isInQuotes &&= token.text !== '\n';
    } else if (parts.test(token.text)) {
      if (/^[:|=]$/.test(token.text)) units += token.text === '|' ? ' |~MARK~' : ' :~MARK~';
      const isSaid = /~REPORTED~[^ ]*(?: [^ ]*~MARK~)?$/.test(units);
      closePiece(true);
      if (token.text === '"') isInQuotes = !isInQuotes;
      if (token.text === '"' && isInQuotes && isSaid) units = ' "~SAID~MARK~';
    } else if (vocabulary.fillers.has(token.key)) {
      number += 1;
      continue;
    } else if (token.kind === 'word' || vocabulary.lexicon.phrases.has(token.text)) {
      const { written, length } = writeWord(tokens, number, vocabulary, common);
      if (/~BREAK~/.test(written) && !vocabulary.goesOn.some(({ pattern }) => pattern.test(units))) closePiece(false);
      if (units === '') from = number;
      units += written;
      number += length;
      continue;
    }
    number += 1;
  }
  closeStatement();
  return statements;

  function isAbbreviation(number: number): boolean {
    const before = tokens[number - 1];
    return (
      tokens[number]?.text === '.' &&
      before?.kind === 'word' &&
      (before.key.length === 1 || vocabulary.abbreviations.has(before.key) || /^\d\d?[./]\d\d?$/.test(before.key))
    );
  }
}

function writeName({ kind }: Mention, last: Token | undefined): string {
  const possessive = last?.isPossessive === true ? 'WHOSE~' : '';
  return kind === 'person' ? ` <p>~PERSON~NAME~${possessive}` : ' <c>~CUSTOMER~NAME~';
}

/** The longest phrase that begins here, with all classes that it has; `i'll` is two words. */
function writeWord(
  tokens: readonly Token[],
  number: number,
  { lexicon, contractions, shapes }: ClauseVocabulary,
  common: ReadonlySet<string>,
): { readonly written: string; readonly length: number } {
  const wordAt = (at: number): string => {
    const token = tokens[at];
    if (token === undefined || token.text === '\n') return '';
    return token.isRespelled
      ? token.key
      : token.isPossessive && contractions.has(token.text.toLowerCase())
        ? token.text.toLowerCase()
        : token.key;
  };
  const word = wordAt(number);
  const found = (lexicon.phrases.get(word) ?? []).filter(({ words }) =>
    words.every((one, at) => one === wordAt(number + at)),
  );
  const length = found[0]?.words.length ?? 1;
  if (length === 1) {
    const long = contractions.get(word);
    if (long !== undefined)
      return {
        written: long
          .split(' ')
          .map((one) => writeOne(one, classesOf(one)))
          .join(''),
        length,
      };
  }
  const classes = found.filter(({ words }) => words.length === length).map(({ className }) => className);
  const name = found[0]?.words.slice(0, length).join('_') ?? word;
  const possessive = length === 1 && tokens[number]?.isPossessive === true ? ['WHOSE'] : [];
  const shaped = shapes.filter(([pattern]) => pattern.test(name)).map(([, className]) => className);
  const unknown = classes.length + shaped.length === 0 && !common.has(word) ? ['UNKNOWN'] : [];
  return { written: writeOne(name, [...classes, ...possessive, ...shaped, ...unknown]), length };

  function classesOf(one: string): readonly string[] {
    return (lexicon.phrases.get(one) ?? []).filter(({ words }) => words.length === 1).map(({ className }) => className);
  }
}

function writeOne(word: string, classes: readonly string[]): string {
  return ` ${[word.replaceAll(/[~ ]/g, ''), ...classes, ''].join('~')}`;
}

function join(pieces: readonly Piece[], vocabulary: ClauseVocabulary): readonly Clause[] {
  const joined: Piece[] = [];
  let waiting: Piece | undefined;
  for (const piece of pieces) {
    const saysSomething = fits(readWords(piece.units), vocabulary.predicate);
    const last = joined.at(-1);
    if (!saysSomething && last !== undefined && last.isQuoted === piece.isQuoted)
      last.units += mark(last, piece) + piece.units;
    else if (!saysSomething)
      waiting =
        waiting === undefined
          ? { ...piece }
          : { ...waiting, units: waiting.units + mark(waiting, piece) + piece.units };
    else {
      joined.push(
        waiting === undefined
          ? { ...piece }
          : {
              ...piece,
              units: waiting.units + mark(waiting, piece) + piece.units,
              isParted: waiting.isParted,
              from: waiting.from,
            },
      );
      waiting = undefined;
    }
  }
  if (waiting !== undefined) joined.push(waiting);
  return joined.map(({ units, isParted, isQuoted, from }) => {
    const words = readWords(units);
    let mood: Mood | 'unread' | undefined = 'unread';
    return {
      words,
      isParted,
      isQuoted,
      from,
      get mood() {
        if (mood === 'unread') mood = vocabulary.moods.find(([, patterns]) => fits(words, patterns))?.[0];
        return mood;
      },
    };
  });
}

const mark = (before: Piece, { isParted }: Piece): string =>
  isParted && !before.units.endsWith('~MARK~') ? ' ,~MARK~' : '';
