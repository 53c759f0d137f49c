import type { Reading } from './command.ts';
import { findTailCuts } from './find-tail-cuts.ts';
import { isPasswordWord } from './is-password-word.ts';
import { nameVariants } from './name-variants.ts';
import { readSubject } from './read-subject.ts';
import type { Token } from './read-tokens.ts';
import { skipCourtesy } from './skip-courtesy.ts';
import { stripPossessive } from './strip-possessive.ts';
import { vocabulary } from './vocabulary.ts';

/**
 * What stands after the words that say to reset. `subject` is the run that names the person, `place` one that names but
 * a customer; `isLinked` tells that the person surely stands here (`for …`, `…'s password`).
 */
export type After = {
  readonly subject: readonly Token[];
  readonly place: readonly Token[];
  readonly readings: readonly Reading[];
  readonly isLinked: boolean;
  readonly isSeveral: boolean;
};

const nothing: After = { subject: [], place: [], readings: [], isLinked: false, isSeveral: false };
const places = new Set('at in from @ with'.split(' '));

/** Reads what stands after the action; `hasPassword` tells that the action already named the password. */
export function readAfter(tokens: readonly Token[], hasPassword: boolean): After {
  const owned = hasPassword ? undefined : readOwned(tokens);
  if (owned !== undefined) {
    return owned;
  }
  const start = skipCourtesy(tokens);
  if (!hasPassword && start < tokens.length && isMentionSign(tokens, start)) {
    return readAfter(tokens.slice(start + 1), hasPassword);
  }
  const first = tokens[start];
  if (first === undefined || (first.kind === 'word' && vocabulary.bareTails.has(first.word))) {
    return nothing;
  }
  if (/^(?:for|of|to|on|belonging)$/.test(first.word)) {
    const subject = dropMentionSign(tokens.slice(start + 1));
    if (/^(?:at|@)$/.test(subject[0]?.text ?? '')) {
      return { ...nothing, place: subject.slice(1, findTailCuts(subject)[0]) };
    }
    return { ...nothing, subject, readings: readSubject(subject), isLinked: true };
  }
  const subject = tokens.slice(start);
  if (!places.has(first.word)) {
    const readings = readSubject(subject);
    const literal = start > 0 ? readSubject(tokens).slice(0, 3) : [];
    return {
      ...nothing,
      subject,
      readings: [...readings.slice(0, 9), ...literal, ...readings.slice(9)],
      isLinked: !hasPassword,
    };
  }
  const readings = readPlaced(subject, first);
  return readings.length > 0
    ? { ...nothing, subject: subject.slice(1), readings, isLinked: true }
    : { ...nothing, place: subject.slice(1, findTailCuts(subject)[0]) };
}

/** `@Jane Doe`, as people type a mention that Teams did not make one. */
function dropMentionSign(tokens: readonly Token[]): readonly Token[] {
  return isMentionSign(tokens, 0) ? tokens.slice(1) : tokens;
}

function isMentionSign(tokens: readonly Token[], at: number): boolean {
  const next = tokens[at + 1];
  return tokens[at]?.text === '@' && next?.spaced === false && next.kind !== 'mark';
}

/** `from Jane at Contoso` names the person first, `at Contoso for Jane` the customer. */
function readPlaced(subject: readonly Token[], first: Token): readonly Reading[] {
  const readings = readSubject(subject).filter((reading) => reading.customer !== undefined);
  const hasOther = subject.slice(1).some((token) => /^(?:at|@)$/.test(token.word));
  const startsWithPerson = first.word === 'from' && hasOther;
  const hasFor = subject.some((token) => /^(?:for|of)$/.test(token.word) || vocabulary.userLabels.has(token.word));
  const hasMark = subject.slice(2).some((token) => token.kind === 'mark' && ',:-\n'.includes(token.text));
  if (startsWithPerson) {
    return [...readSubject(subject.slice(1)), ...readings];
  }
  return hasFor || hasMark || subject.some((token) => token.kind === 'address') ? readings : [];
}

/** `reset Jane Doe's password at Contoso`: the name stands between the verb and the word for password. */
function readOwned(tokens: readonly Token[]): After | undefined {
  const at = tokens.findIndex(
    (token, index) => index > 0 && isPasswordWord(token) && !/^(?:at|from|for|@)$/.test(tokens[index - 1]?.word ?? ''),
  );
  if (at === -1) {
    return undefined;
  }
  const owner = dropPronoun(dropQualifiers(tokens.slice(0, at)));
  const rest = tokens.slice(at + 1);
  const courtesy = skipCourtesy(rest);
  const isOver = rest[courtesy]?.word === 'over' && /^(?:at|in|from|@)$/.test(rest[courtesy + 1]?.word ?? '');
  const restStart = isOver ? courtesy + 1 : courtesy;
  const link = rest[restStart];
  const join = rest.findIndex((token) => token.kind !== 'mark');
  const isJoined = rest[join]?.kind === 'word' && vocabulary.joins.has(rest[join].word);
  const isSeveral = isJoined && join < rest.length - 1 && !startsTail(rest, join);
  if (owner.length === 0) {
    return { ...readAfter(rest, true), isSeveral };
  }
  const isPossessive = stripPossessive(owner) !== undefined;
  const named = rest.slice(/^(?:at|in|from|for|of|on|with|@|to)$/.test(link?.word ?? '') ? restStart + 1 : restStart);
  const ends = startsTail(rest, restStart) ? [] : findTailCuts(named);
  const customers = ends.flatMap((end) => nameVariants(named.slice(0, end), 'customer'));
  const users = nameVariants(owner, 'user');
  const whole = users.flatMap((user) => customers.map((customer) => ({ user, customer })));
  const swapped = link?.word === 'for' && !isPossessive;
  const turned = swapped
    ? [...readSubject(named).flatMap((reading) => turn(reading, owner)), ...readSubject(named)]
    : [];
  return {
    subject: owner,
    place: [],
    readings: [...turned, ...whole, ...readSubject(unown(owner)), ...readSubject(owner)],
    isLinked: true,
    isSeveral,
  };
}

function turn(reading: Reading, owner: readonly Token[]): readonly Reading[] {
  return reading.customer === undefined
    ? nameVariants(owner, 'customer').map((customer) => ({ user: reading.user, customer }))
    : [reading];
}

function unown(owner: readonly Token[]): readonly Token[] {
  const base = stripPossessive(owner);
  if (base !== undefined) {
    return base;
  }
  return owner;
}

function startsTail(rest: readonly Token[], at: number): boolean {
  const token = rest[at];
  const pair = `${token?.word === '&' ? 'and' : (token?.word ?? '')} ${rest[at + 1]?.word ?? ''}`;
  return token?.kind === 'word' && (vocabulary.bareTails.has(token.word) || vocabulary.tailPhrases.has(pair));
}

/** `jane's Microsoft 365 password`. */
function dropQualifiers(owner: readonly Token[]): readonly Token[] {
  const last = owner.findLastIndex((token) => /(?:'s|s')$/.test(token.word));
  const isQualified = owner.slice(last + 1).every((token) => vocabulary.qualifiers.has(token.word));
  return last >= 0 && isQualified ? owner.slice(0, last + 1) : owner;
}

function dropPronoun(owner: readonly Token[]): readonly Token[] {
  const named = owner.filter(
    (token) => token.kind !== 'mark' && !vocabulary.pronouns.has(token.word) && !vocabulary.articles.has(token.word),
  );
  return named.length === 0 ? [] : owner;
}
