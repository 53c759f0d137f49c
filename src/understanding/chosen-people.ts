import type { Placed, Role } from './roles.ts';

/** The ids of all who are named there, each once. */
export const idsOf = (kept: readonly Placed[]): readonly string[] => [
  ...new Set(kept.flatMap(({ mention }) => mention.ids)),
];

/** Those who are not only mentioned; where each is only mentioned, they may be meant, but that is asked. */
export function choosePeople(
  people: readonly Placed[],
  mayBeWriter: boolean,
): {
  readonly ids: readonly string[];
  readonly doubt: string | undefined;
} {
  const of = (...roles: readonly Role[]): readonly Placed[] => people.filter(({ role }) => roles.includes(role));
  const denied = of('denied');
  const open = people.filter(({ role }) => role !== 'denied');
  const targets = of('target', 'corrected');
  const subjects = of('subject');
  // Of whom something is said, they yield to the one whose password it surely is, and to no other person.
  const notAside =
    targets.length > 0 ? [...targets, ...of('plain', 'stated')] : [...of('plain', 'stated', 'told'), ...subjects];
  // Of whom anything is told, they may need it, and so may those whom they reach, meet or call.
  const isTold = notAside.some(({ role }) => role === 'told') && of('addressee').length > 0;
  const known = idsOf(of('plain', 'stated', 'told'));
  const isThey = subjects.every(({ mention }) => mention.ids.every((id) => known.includes(id)));
  const isAlone = (isThey && !isTold) || idsOf(open).length === 1;
  const isSure = notAside.length > 0 && (targets.length > 0 || isAlone);
  const kept = isSure ? notAside : open;
  const settled = findSettled(kept);
  if (settled !== undefined && denied.length === 0) return { ids: [settled], doubt: undefined };
  const isPart = kept.some(({ mention }) => !mention.isWhole);
  const isAddressed = idsOf(open).length === 1 && open.every(({ role }) => role === 'addressee');
  const isWriter = mayBeWriter && idsOf(open).length === 1 && open.some((one) => one.isWriter && one.mention.isWhole);
  const isGuess = notAside.length === 0 && open.length > 0 && !isAddressed && !isWriter;
  // `Edith Ramos, not the other Edith`: a part of a name denies those of this name who are not named whole.
  const whole = idsOf(kept.filter(({ mention }) => mention.isWhole));
  const ruledOut = denied.flatMap(({ mention: { ids, isWhole } }) =>
    isWhole ? ids : ids.filter((id) => !whole.includes(id)),
  );
  const ids = narrow(kept).filter((id) => !ruledOut.includes(id));
  const isLeft = ids.length === 1 && notAside.some(({ role }) => role !== 'subject' && role !== 'told');
  // Whom a sentence rules out is not offered.
  return {
    ids: ids.length === 1 || denied.length === 0 ? ids : [...new Set([...ids, ...ruledOut])],
    doubt: isPart || isGuess || (denied.some(({ mention }) => mention.isWhole) && !isLeft) ? '' : undefined,
  };
}

/** The one whose address is named, where every other whole name may be theirs too. */
function findSettled(kept: readonly Placed[]): string | undefined {
  const [id, ...others] = idsOf(kept.filter(({ mention }) => mention.isSettled === true));
  if (id === undefined || others.length > 0) return undefined;
  const mayBeThey = ({ mention, role }: Placed): boolean =>
    (!mention.isWhole && role === 'plain') || mention.ids.includes(id);
  return kept.every(mayBeThey) ? id : undefined;
}

/**
 * The ids of those named. Parts of names mean those who have all of them (`Jane, last name Doe`); a name of several
 * customers means the one that is told apart beside it.
 */
export function narrow(kept: readonly Placed[]): readonly string[] {
  const all = idsOf(kept);
  const mayShare = kept.every(({ mention }) => !mention.isWhole || mention.kind === 'customer');
  const shared = mayShare ? all.filter((id) => kept.every(({ mention }) => mention.ids.includes(id))) : [];
  return shared.length > 0 ? shared : all;
}
