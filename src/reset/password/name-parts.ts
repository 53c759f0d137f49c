import { normalisePassword } from './normalise-password.ts';

const partLength = 4;

/**
 * All runs of four characters in a name, a UPN or a password, normalised, as it stands and without what separates its
 * letters and digits: so `x-Ann-Lee` and `annlee` have parts in common. Shorter texts have none.
 */
export function nameParts(text: string): readonly string[] {
  const normalised = normalisePassword(text);
  const squeezed = normalised.replaceAll(/[^\p{Letter}\p{Number}]/gu, '');
  return squeezed === normalised ? partsOf(normalised) : [...partsOf(normalised), ...partsOf(squeezed)];
}

function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  for (let end = partLength; end <= text.length; end += 1) {
    parts.push(text.slice(end - partLength, end));
  }
  return parts;
}
