import { readStatements } from './clauses.ts';
import { asksForOwn } from './intent.ts';
import type { Mention, Sentence, Span } from './sentence.ts';
import { writeSkeleton } from './sentence.ts';
import type { Label, Vocabulary } from './vocabulary-shape.ts';

/**
 * What part a name plays. `target`: it is their password. `corrected`: they take the place of those before them.
 * `stated`: a correction that is less clear; they are never passed over. `plain`: nothing is said of them.
 * `told`: anything is told of them, and they yield to a target. `subject`: they ask or say something, and yield the more. `addressee`: something is said, sent or given to them.
 */
export type Role =
  'target' | 'corrected' | 'stated' | 'plain' | 'told' | 'subject' | 'addressee' | 'aside' | 'recipient' | 'denied';

/** A name, its part, and what stands on either side of it, with placeholders for other names. */
export type Placed = {
  readonly mention: Mention;
  readonly role: Role;
  readonly before: string;
  readonly after: string;
  /** They wrote or said what stands there: they sign it, send it, or tell their name. */
  readonly isWriter: boolean;
  /** They stand in a clause that refuses or takes back. */
  readonly isRefused: boolean;
};

/** The part that each name plays in its sentence. */
export function readRoles(sentence: Sentence, mentions: readonly Mention[], vocabulary: Vocabulary): readonly Placed[] {
  const { skeleton, at } = writeSkeleton(sentence, mentions);
  const signOff = skeleton.search(vocabulary.signOff);
  const isOwn = asksForOwn(sentence, mentions, vocabulary);
  const clauses = readStatements(sentence, mentions, vocabulary).flatMap((statement) => statement.clauses);
  return mentions.map((mention) => {
    const place = at.get(mention) ?? { from: 0, to: 0 };
    const [before, after] = [skeleton.slice(0, place.from), skeleton.slice(place.to)];
    const isRefused = clauses.findLast(({ from }) => from <= mention.from)?.mood === 'negated';
    const isWriter = mention.kind === 'person' && isWriterOf(place, before, after);
    return { mention, before, after, isWriter, isRefused, role: readRole(mention, place, before, after) };
  });

  function isWriterOf(place: Span, before: string, after: string): boolean {
    const isSigned = signOff !== -1 && place.from >= signOff;
    const isSender = readLabel(before, vocabulary) === 'sender' || vocabulary.senderBefore.test(before);
    const isAlone = /\n ?$/.test(before) && /^ ?(?:\n|$)/.test(after);
    return (
      isSigned ||
      isSender ||
      isAlone ||
      vocabulary.speaksBefore.test(before) ||
      vocabulary.introduces.test(after) ||
      /^(?: \(?<c>\)?)?: /.test(after)
    );
  }

  function readRole({ kind, isAddress, isWhole }: Mention, place: Span, before: string, after: string): Role {
    if (vocabulary.denies.test(before) || vocabulary.deniesAfter.test(after)) return 'denied';
    if (kind === 'customer' && vocabulary.formerPlace.test(before)) return 'denied';
    const label = vocabulary.senderBefore.test(before) ? 'sender' : readLabel(before, vocabulary);
    const isLabelled = label === 'user' || label === 'contact';
    // In `Jane Doe sits with John Roe, forgot her password` it is hers.
    const isBeside = /<p>[^.!?\n]*$/.test(before) && vocabulary.besideBefore.test(before) && !after.startsWith("'s");
    const isSigned = signOff !== -1 && place.from >= signOff;
    const isTarget = vocabulary.targetBefore.test(before) || (!isBeside && vocabulary.targetAfter.test(after));
    const introduces = vocabulary.introduces.test(after);
    const isAside = kind === 'person' && !isTarget && vocabulary.asideAfter.test(after);
    if (takesPlace(kind, before, after) && !introduces) return isAside ? 'stated' : 'corrected';
    // Who writes of their own password is meant where the letter names no other person.
    if (label === 'sender') return vocabulary.ownPassword.test(sectionOf(after, vocabulary)) ? 'subject' : 'aside';
    if (
      kind === 'person' &&
      !isTarget &&
      !isLabelled &&
      !(isSigned && before.endsWith('\n')) &&
      isStated(before, introduces)
    )
      return 'stated';
    if (label === 'aside' && (/: ?$/.test(before) || !(isTarget || kind === 'customer'))) return 'aside';
    if (label === 'recipient') return kind === 'customer' ? 'aside' : 'recipient';
    if (kind === 'customer') return isSigned ? 'aside' : 'plain';
    if (vocabulary.copiedBefore.test(before)) return 'subject';
    if (isLabelled) return 'target';
    if (label === 'subject') return 'subject';
    if (isSigned || vocabulary.ownerAfter.test(after) || vocabulary.ownerBefore.test(before)) return 'aside';
    if (isTarget) return 'target';
    if (vocabulary.asideBefore.test(before)) return 'aside';
    if (vocabulary.addresseeBefore.test(before)) return 'addressee';
    if (isAddress === true && vocabulary.asideBeforeAddress.test(before)) return 'aside';
    if (
      isAside ||
      vocabulary.subjectBefore.test(before) ||
      vocabulary.signature.test(after + before.replace(/ +$/, '').slice(-1))
    )
      return 'subject';
    if (/^'s [a-z]+ing\b/.test(after)) return 'told';
    // In `reset Jane, Doe is away` it is one name.
    const isTold = vocabulary.tellsAfter.test(after) || vocabulary.tellsBefore.test(before);
    if (isTold && (isWhole || !/<p>,? $/.test(before))) return 'told';
    return before.includes('<p>') && /[^\p{L}\p{N}<>'\s:|] ?$/u.test(before) && /^(?:$|\W)/.test(after)
      ? 'stated'
      : 'plain';
  }

  function takesPlace(kind: Mention['kind'], before: string, after: string): boolean {
    return (
      (kind === 'customer' || before.includes('<p>')) &&
      (vocabulary.corrects.test(before) ||
        (kind === 'person' && vocabulary.correctsPerson.test(before)) ||
        vocabulary.correctsAfter.test(after)) &&
      // In `Sorry, Contoso must wait` nothing is corrected.
      vocabulary.correctedAfter.test(after)
    );
  }

  /** A correction of the person who is named before, or who tells that it is they whose password it is. */
  function isStated(before: string, introduces: boolean): boolean {
    if ((introduces || vocabulary.speaksBefore.test(before)) && isOwn) return true;
    return before.includes('<p>') && vocabulary.takesBack.test(before) && !introduces;
  }
}

/** What a sender wrote: up to where the next one is named. */
function sectionOf(after: string, { senderLine }: Vocabulary): string {
  const next = after.search(senderLine);
  return next === -1 ? after : after.slice(0, next);
}

/** The label of the line, or of the part of a line, in which a name stands. */
function readLabel(before: string, { labels }: Vocabulary): Label | undefined {
  const line = before.slice(before.lastIndexOf('\n') + 1);
  const found = [...line.matchAll(/(?:^|[,.;|>•·-] |\n|\()\s*([a-z][a-z -]{0,24}):(?!\d)/g)].at(-1);
  const words = found?.[1]?.trim() ?? '';
  return labels.find(([, pattern]) => pattern.test(words))?.[0];
}
