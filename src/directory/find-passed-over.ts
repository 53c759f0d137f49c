import type { Customer } from '../reset/index.ts';
import type { CustomerCache } from './customer-cache.ts';
import type { DirectoryQuestion } from './directory-question.ts';

/** The longest name that is looked for, in words. */
const longest = 8;

/**
 * The customers that are called like words of the sentence that no reading holds, to the letter: `Studio-54` looks like a
 * ticket's number, `One Access` like ordinary words. Throws `PartnerError`.
 */
export async function findPassedOver(
  customers: CustomerCache,
  question: DirectoryQuestion,
): Promise<readonly Customer[]> {
  const parts = new Set(question.passedOver.flatMap(partsOf));
  return parts.size === 0 ? [] : customers.findByNames([...parts], question);
}

/** Each run of words in it, eight at most; `Mind's` is `Mind` too. */
function partsOf(run: string): readonly string[] {
  const words = run.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  return words.flatMap((_, at) =>
    words.slice(at, at + longest).flatMap((__, length) => {
      const part = words.slice(at, at + length + 1).join(' ');
      const owner = part.replace(/['’]s?$/i, '');
      return owner === part ? [part] : [part, owner];
    }),
  );
}
