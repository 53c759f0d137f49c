import { asksAnother } from './asks-another.ts';
import { chooseAction } from './choose-action.ts';
import type { Command, Reading } from './command.ts';
import { findActions } from './find-actions.ts';
import type { Action } from './find-plea.ts';
import { findAddressee } from './find-addressee.ts';
import { findLateCustomers } from './find-late-customers.ts';
import { findMentions } from './find-mentions.ts';
import type { Mention } from './find-mentions.ts';
import { findPassedOver } from './find-passed-over.ts';
import { findRetraction } from './find-retraction.ts';
import { findSignature } from './find-signature.ts';
import { findTailCuts } from './find-tail-cuts.ts';
import { findWhyNot } from './find-why-not.ts';
import { isAddress } from './is-address.ts';
import { isPasswordWord } from './is-password-word.ts';
import { isPlainTalk } from './is-plain-talk.ts';
import { isSigned } from './is-signed.ts';
import { isTyped } from './is-typed.ts';
import { joinLate } from './join-late.ts';
import { keepExplained } from './keep-explained.ts';
import { keepReadings } from './keep-readings.ts';
import { measureSalutation } from './measure-salutation.ts';
import { nameOf } from './name-of.ts';
import { namesAnotherReset } from './names-another-reset.ts';
import { namesOtherFactor } from './names-other-factor.ts';
import { namesSeveral } from './names-several.ts';
import { readAfter } from './read-after.ts';
import { readBefore } from './read-before.ts';
import { readForm } from './read-form.ts';
import type { Token } from './read-tokens.ts';
import { speaksOtherwise } from './speaks-otherwise.ts';
import { vocabulary } from './vocabulary.ts';
import { weighReadings } from './weigh-readings.ts';

const mostOfFirst = 8;
const mostOfOthers = 4;

/** Reads what speaks of resetting a password. Every step goes over the tokens a fixed number of times. */
export function parseReset(said: readonly Token[]): Command {
  const mentions = findMentions(said);
  const greeted = measureSalutation(said);
  const tokens = dropAside(said, greeted, mentions);
  const [first, ...further] = findActions(tokens);
  if (first === undefined) {
    return tokens.some((token) => /^(?:re-?set|unlock|unblock)/.test(token.word)) && namesOtherFactor(tokens)
      ? { kind: 'not-a-reset', why: 'other-factor' }
      : { kind: 'not-understood' };
  }
  const { action, others } = chooseAction(tokens, [first, ...further]);
  const retraction = findRetraction(tokens, action);
  const taken = retraction === 'called-off' ? 'negated' : undefined;
  const whyNot = findWhyNot(tokens, action) ?? taken ?? (namesOtherFactor(tokens) ? 'other-factor' : undefined);
  if (whyNot !== undefined) {
    return { kind: 'not-a-reset', why: whyNot };
  }
  if (retraction !== undefined || action.isPast || speaksOtherwise(tokens, action)) {
    return { kind: 'not-understood' };
  }
  const ordered = new Set([action, ...others].flatMap(({ from, to }) => tokens.slice(from, to)));
  const form = keepForm(readForm(said, ordered));
  if (form !== undefined) {
    return form;
  }
  if (asksAnother(tokens, action) || isSigned(tokens, action)) {
    return { kind: 'not-a-reset', why: 'missing-user' };
  }
  const people = readPeople(tokens, action);
  if (people === 'several-users') {
    return { kind: 'not-a-reset', why: people };
  }
  const more = others.map((other) => readPeople(tokens, other)).filter((other) => other !== 'several-users');
  const all = joinLate(
    [
      ...people.readings.slice(0, mostOfFirst),
      ...more.flatMap(({ readings }) => readings.slice(0, mostOfOthers)),
      ...people.readings.slice(mostOfFirst),
    ],
    findLateCustomers(tokens),
  );
  if (isOwn(tokens)) {
    return { kind: 'not-a-reset', why: 'missing-user' };
  }
  const aside = new Set([
    ...mentions.flatMap(({ from, to }) => said.slice(from, to)),
    ...said.slice(0, greeted),
    ...said.slice(findSignature(said)),
    ...people.caller,
  ]);
  const named = all.filter((reading) => !isPlainTalk(reading, tokens));
  const typed = tokens.length === said.length ? named : named.filter((reading) => isTyped(reading, said));
  const [likeliest, ...rest] = keepExplained(typed, said, { ordered, aside });
  const readings = likeliest && keepReadings([likeliest, ...people.doubts, ...rest]);
  if (readings !== undefined) {
    if (action.isPlea === true && !isAddressed(readings[0])) {
      return { kind: 'not-understood' };
    }
    return { kind: 'reset-password', readings, passedOver: findPassedOver(readings, said, ordered) };
  }
  return keepReadings(all) === undefined ? { kind: 'not-a-reset', why: 'missing-user' } : { kind: 'not-understood' };
}

function keepForm(form: ReturnType<typeof readForm>): Command | undefined {
  if (form === 'several-users') {
    return { kind: 'not-a-reset', why: form };
  }
  const readings = form === undefined ? undefined : keepReadings(form);
  return readings === undefined ? undefined : { kind: 'reset-password', readings, passedOver: [] };
}

/** Where nobody said to reset, a name alone is too little. */
function isAddressed({ user, customer }: Reading): boolean {
  return customer !== undefined || isAddress(user);
}

type People = {
  readonly readings: readonly Reading[];
  readonly caller: readonly Token[];
  /** Where the one addressed may be a customer: what exists decides. */
  readonly doubts: readonly Reading[];
};

function readPeople(tokens: readonly Token[], action: Action): People | 'several-users' {
  const after = readAfter(tokens.slice(action.to), action.hasPassword);
  const [complete] = after.readings;
  const addressee = complete?.customer === undefined ? [] : findAddressee(tokens, action);
  const before = readBefore(addressee.length > 0 ? [] : tokens.slice(0, action.from));
  const named = [after.subject, before.isPlace ? [] : before.subject];
  const isSeveral = named.some((run) => namesSeveral(run.slice(0, findTailCuts(run)[0])));
  if (isSeveral || after.isSeveral || namesAnotherReset(tokens.slice(action.to))) {
    return 'several-users';
  }
  // `Bob forgot it, reset it for Jane` names two, `Bob wants a new password for Jane` but Jane.
  const isOfSubject = /^(?:it|this|that)$/.test(tokens[action.to - 1]?.word ?? '');
  const tellsOfAnother = before.isTold && after.isLinked && !isOfSubject && after.readings.length > 0;
  const caller = tellsOfAnother ? before.subject : before.caller;
  const addressed = nameOf(addressee);
  const doubts = complete && addressed ? [{ user: complete.user, customer: addressed }] : [];
  return { readings: weighReadings(before, after), caller: addressee.length > 0 ? addressee : caller, doubts };
}

/** Nobody is meant by a greeting, or by an address that was only mentioned: they go, with the words that lead to them. */
function dropAside(said: readonly Token[], greeted: number, mentions: readonly Mention[]): readonly Token[] {
  const addressed = mentions.filter(({ hasAddress }) => hasAddress);
  const dropped = new Set([...said.slice(0, greeted), ...addressed.flatMap(({ from, to }) => said.slice(from, to))]);
  return said.filter((token) => !dropped.has(token));
}

/** `I'm Jane and need my password reset`: that is no technician's request for a customer's user. */
function isOwn(tokens: readonly Token[]): boolean {
  return tokens.some(
    (token, at) =>
      token.word === 'my' &&
      (isPasswordWord(tokens[at + 1]) || (isOwning(tokens[at + 1]) && isPasswordWord(tokens[at + 2]))),
  );
}

function isOwning(token: Token | undefined): boolean {
  return token?.kind === 'word' && (vocabulary.ownings.has(token.word) || vocabulary.newness.has(token.word));
}
