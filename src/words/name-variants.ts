import { isNameMark } from './is-name-mark.ts';
import { nameOf } from './name-of.ts';
import type { Token } from './read-tokens.ts';
import { spell } from './spell.ts';
import { stripPossessive } from './strip-possessive.ts';
import { vocabulary } from './vocabulary.ts';

const links = new Set('id is at from in of for on to with under w/ within over the our a an user'.split(' '));
const titles = new Set('mr mrs ms miss mister'.split(' '));

/**
 * What a run of tokens may name: without labels and small words around it first, then as it stands, and where a point
 * after an abbreviation may end the sentence, without it. Ten at most.
 */
export function nameVariants(tokens: readonly Token[], role: 'user' | 'customer'): readonly string[] {
  const labels = role === 'user' ? vocabulary.userLabels : vocabulary.customerLabels;
  const bare = stripFront(role === 'user' ? stripUserEnd(tokens) : stripCustomerEnd(tokens), labels);
  const untitled = titles.has(bare[0]?.word ?? '') && bare.length > 1 ? bare.slice(1) : bare;
  const whole = [nameOf(bare), nameOf(untitled), nameOf(tokens), literally(stripFront(tokens, labels))];
  const owned = stripPossessive(tokens);
  const base = owned === undefined ? undefined : nameOf(stripFront(owned, labels));
  const literalBase = owned === undefined ? undefined : literally(stripFront(owned, labels));
  const ordered = (role === 'user' ? [base, literalBase, ...whole] : [...whole, ...whole.map(joinDomain), base]).filter(
    (name) => name !== undefined,
  );
  return [...new Set([...ordered, ...ordered.filter((name) => name.endsWith('.')).map((name) => name.slice(0, -1))])];
}

/** `contoso. uk` and `contoso . co . uk` may be a domain that was typed with spaces. */
function joinDomain(name: string | undefined): string | undefined {
  return name !== undefined && /^\S+(?: ?\. ?[\p{L}\p{N}-]+)+$/u.test(name) && /[^.]$/.test(name)
    ? name.replaceAll(' ', '')
    : undefined;
}

/** A name may have marks around it that belong to it: `**Stars**`. */
function literally(tokens: readonly Token[]): string | undefined {
  const [first, second] = tokens;
  const last = tokens.at(-1);
  const opens = isNameMark(first) && second?.spaced === false;
  const isPair = !/^[)\]}>]$/.test(last?.text ?? '') || tokens.some((token) => /^[([{<]$/.test(token.text));
  const closes =
    last?.kind === 'mark' && !last.spaced && isPair && (isNameMark(last) || tokens.at(-2)?.kind === 'mark');
  if (tokens.length < 2 || (!opens && !closes)) {
    return undefined;
  }
  const spelled = spell(tokens);
  return /^".*"$/.test(spelled) ? spelled.slice(1, -1) : spelled;
}

function stripFront(tokens: readonly Token[], labels: ReadonlySet<string>): readonly Token[] {
  let from = 0;
  let labelled = 0;
  while (from < tokens.length - 1) {
    const token = tokens[from];
    const isLabel = token?.kind === 'word' && (token.spaced || from === 0) && labels.has(token.word);
    const isSmall = token?.kind === 'word' && links.has(token.word);
    if (!isLabel && !isSmall && token?.kind !== 'mark') {
      break;
    }
    const extendsLabel = labelled === from && from > 0 && /^(?:id|is)$/.test(token.word);
    from += 1;
    labelled = isLabel || extendsLabel || (token?.kind === 'mark' && !isNameMark(token)) ? from : labelled;
  }
  return tokens.slice(labelled);
}

/** `jane doe who works`, `jane doe's account`, `jane doe at the`. */
function stripUserEnd(tokens: readonly Token[]): readonly Token[] {
  let to = tokens.length;
  while (to > 1 && isMarkOrWord(tokens[to - 1], vocabulary.userFillers)) {
    to -= 1;
  }
  while (to > 1 && isMarkOrWord(tokens[to - 1], links)) {
    to -= 1;
  }
  const owned = isMarkOrWord(tokens[to - 1], vocabulary.ownings) ? stripPossessive(tokens.slice(0, to - 1)) : undefined;
  return owned ?? tokens.slice(0, to);
}

/** `the contoso tenant`. */
function stripCustomerEnd(tokens: readonly Token[]): readonly Token[] {
  const last = tokens.at(-1);
  if (
    tokens.length < 2 ||
    last?.kind !== 'word' ||
    !vocabulary.customerLabels.has(last.word) ||
    last.word === 'company'
  ) {
    return tokens;
  }
  const from = tokens.length > 2 && /^(?:the|our)$/.test(tokens[0]?.word ?? '') ? 1 : 0;
  const owner = tokens.slice(from, -1);
  return stripPossessive(owner) ?? owner;
}

function isMarkOrWord(token: Token | undefined, words: ReadonlySet<string>): boolean {
  return token?.kind === 'mark' ? !isNameMark(token) : token?.kind === 'word' && words.has(token.word);
}
