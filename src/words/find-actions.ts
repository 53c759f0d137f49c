import { type Action, findPlea } from './find-plea.ts';
import { isPasswordWord } from './is-password-word.ts';
import { isResetVerb } from './is-reset-verb.ts';
import { leadsOn } from './leads-on.ts';
import { looksBack } from './looks-back.ts';
import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const most = 3;
const mostBetween = 7;
const joined = new Set(
  'password-reset passwordreset pw-reset pwreset pwd-reset pwdreset reset-password resetpassword reset-pw resetpw'.split(
    ' ',
  ),
);
const passives = new Set(
  "is was been got were gets being wasn't isn't i've we've you've they've he's she's".split(' '),
);
const stands = new Set(['it', 'this', 'that']);
const wishes = new Set('needs need wants want get have requires require like'.split(' '));
const tellers = new Set('i we he she they'.split(' '));
const owners = new Set('his her their'.split(' '));
const places = new Set('at from in of @'.split(' '));

/** Finds the first places that say to reset a password, three at most; one that tells of the past only where there is no other, and a plea only where there is neither. */
export function findActions(tokens: readonly Token[]): readonly Action[] {
  const lastPassword = tokens.findLastIndex((token) => isPasswordWord(token));
  const found: Action[] = [];
  let past: Action | undefined;
  for (let at = 0; at < tokens.length && found.length < most;) {
    const action = readNoun(tokens, at) ?? readNew(tokens, at) ?? readVerb(tokens, at, lastPassword);
    if (action?.isPast === false) {
      found.push(action);
    }
    past ??= action;
    at = action?.to ?? at + 1;
  }
  const otherwise = past ?? (found.length === 0 ? findPlea(tokens) : undefined);
  return found.length === 0 && otherwise !== undefined ? [otherwise] : found;
}

/** `password reset`, `pw change`. */
function readNoun(tokens: readonly Token[], at: number): Action | undefined {
  const token = tokens[at];
  if (token?.kind === 'word' && joined.has(token.word)) {
    return { from: at, to: at + 1, hasPassword: true, isPast: false };
  }
  if (!isPasswordWord(token)) {
    return undefined;
  }
  const isPast = looksBack(tokens, at);
  const next = tokens[at + 1]?.text === '-' ? at + 2 : at + 1;
  const follows = isResetVerb(tokens[next]) !== 'no' || /^(?:renewal|resets)$/.test(tokens[next]?.word ?? '');
  const isWished =
    /^(?:changed|renewed|resetted)$/.test(tokens[next]?.word ?? '') &&
    tokens.slice(Math.max(0, at - 3), at).some((token) => wishes.has(token.word));
  return (follows || isWished) && !isPasswordWord(tokens[next + 1])
    ? { from: at, to: next + 1, hasPassword: true, isPast }
    : undefined;
}

/** `new password`, but not `the new password`, which speaks of one that is there. */
function readNew(tokens: readonly Token[], at: number): Action | undefined {
  if (
    !isAmong(tokens[at], vocabulary.newness) ||
    /^(?:the|his|her|their|my|your|this|that)$/.test(tokens[at - 1]?.word ?? '')
  ) {
    return undefined;
  }
  if (/^(?:has|got|received|have|with|use|using)$/.test(tokens[at - 2]?.word ?? '') && tokens[at - 1]?.word === 'a') {
    const who = tokens[at - 3]?.word ?? '';
    if (!/^(?:to|i|we|can|could|please|should|must)$/.test(who)) {
      return undefined;
    }
  }
  let next = at + 1;
  while (next < at + 4 && isAmong(tokens[next], vocabulary.newness)) {
    next += 1;
  }
  return isPasswordWord(tokens[next]) ? { from: at, to: next + 1, hasPassword: true, isPast: false } : undefined;
}

function readVerb(tokens: readonly Token[], at: number, lastPassword: number): Action | undefined {
  const verb = isResetVerb(tokens[at]);
  const isPast = tellsOfThePast(tokens, at) || looksBack(tokens, at);
  if (verb === 'no' || isAmong(tokens[at - 1], places) || tokens[at - 1]?.text === '@') {
    return undefined;
  }
  let next = at + 1;
  while (next < at + mostBetween && isAmong(tokens[next], vocabulary.qualifiers)) {
    next += 1;
  }
  if (isPasswordWord(tokens[next])) {
    return { from: at, to: next + 1, hasPassword: true, isPast };
  }
  if (isAmong(tokens[at + 1], stands)) {
    return { from: at, to: at + 2, hasPassword: true, isPast };
  }
  const isEnough = verb === 'certain' || (lastPassword > at && tokens[lastPassword - 1]?.kind !== 'mark');
  return isEnough ? { from: at, to: at + 1, hasPassword: false, isPast } : undefined;
}

function tellsOfThePast(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1]?.word ?? '';
  const earlier = tokens[at - 2]?.word ?? '';
  if (passives.has(before) || (/^(?:already|just|now|not|never)$/.test(before) && passives.has(earlier))) {
    return true;
  }
  if (/^(?:has|have|had)$/.test(before)) {
    return true;
  }
  const teller = tokens[/^(?:just|now|already|then|only|also|to)$/.test(before) ? at - 2 : at - 1];
  if (owners.has(tokens[at + 1]?.word ?? '') && teller !== undefined && teller.kind !== 'mark' && !leadsOn(teller)) {
    return true;
  }
  const isJust = /^(?:just|now|only|recently|then)$/.test(before);
  if (isJust && tellers.has(earlier) && !vocabulary.modals.has(tokens[at - 3]?.word ?? '')) {
    return true;
  }
  return vocabulary.subjects.has(before) && tokens[at - 1]?.kind === 'word' && !vocabulary.modals.has(earlier);
}

function isAmong(token: Token | undefined, words: ReadonlySet<string>): boolean {
  return token !== undefined && token.kind === 'word' && words.has(token.word);
}
