import { isGuid, skeletonOf } from '../../base/index.ts';
import type { Customer, Target } from '../target.ts';

/** By what a typed text may name an item. No two items of one kind share an id, an address or a domain. */
export type Naming = {
  readonly id: string;
  /** What it is called. Another item may be called the same, and anything: also like an address or a domain. */
  readonly names: readonly string[];
  readonly address?: string;
  readonly domain?: string;
};

/** A customer is named by its name, its domain or its tenant id. */
export function namingOfCustomer({ id, name, domain }: Customer): Naming {
  return { id, names: [name], domain };
}

/** A person is named by the display name, the UPN or the object id. */
export function namingOfUser({ user: { id, displayName, userPrincipalName } }: Target): Naming {
  return { id, names: [displayName], address: userPrincipalName };
}

/**
 * The items that a typed text may name; it names one only where it is the only one. A text in the form of an id or an
 * address means ids or addresses alone, and for what has a domain, one in the form of a domain means domains alone. Any
 * other text means what is called so, and all whose name looks like that name. See Unicode TS 39.
 */
export function findNamed<Item>(
  items: readonly Item[],
  typed: string,
  namingOf: (item: Item) => Naming,
): readonly Item[] {
  const namings = items.map((item) => ({ item, naming: namingOf(item) }));
  const looks = new Set(namings.flatMap(({ naming }) => namesMeant(naming, typed).map(lookOf)));
  return namings
    .filter(({ naming }) => isUniquelyNamed(naming, typed) || naming.names.some((name) => looks.has(lookOf(name))))
    .map(({ item }) => item);
}

function namesMeant(naming: Naming, typed: string): readonly string[] {
  return isUnique(naming, typed) ? [] : naming.names.filter((name) => isSameName(name, typed));
}

function isUniquelyNamed(naming: Naming, typed: string): boolean {
  const { id, address, domain } = naming;
  if (!isUnique(naming, typed)) return false;
  return [id, address, domain].some((unique) => unique !== undefined && foldUnique(unique) === foldUnique(typed));
}

/** Whether the text has the form of something that one item alone has. */
function isUnique({ domain }: Naming, typed: string): boolean {
  const text = foldUnique(typed);
  return isGuid(text) || text.includes('@') || (domain !== undefined && domainForm.test(text));
}

/** Letters behind the last dot, as in every top-level domain. */
const domainForm = /^(?:[\p{L}\p{M}\p{N}_-]+\.)+(?:[\p{L}\p{M}]{2,}|xn--[a-z0-9-]+)\.?$/u;

function foldUnique(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** Letter case, accents and signs make no difference. A name of signs alone is compared with its signs. */
function isSameName(one: string, other: string): boolean {
  const [plain, otherPlain] = [dropAccents(one).toLowerCase().trim(), dropAccents(other).toLowerCase().trim()];
  if (plain === otherPlain) return plain !== '';
  return dropSigns(plain) === dropSigns(otherPlain) && dropSigns(plain) !== '';
}

function lookOf(name: string): string {
  const look = skeletonOf(dropAccents(name).trim());
  return dropSigns(look) || look;
}

function dropAccents(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '');
}

function dropSigns(text: string): string {
  return text.replaceAll(/[^\p{L}\p{N}]/gu, '');
}
