import type { Token } from './read-tokens.ts';
import { vocabulary } from './vocabulary.ts';

const partings = new Set('regards rgds best sincerely wishes br kr tia yours faithfully truly'.split(' '));
const longest = 12;
const roles =
  /^(?:desk|helpdesk|servicedesk|support|engineer|technician|analyst|it|msp|noc|tier|l1|l2|1st|2nd|consultant|specialist|services|ext|tel|phone|mobile)$/;

/** Where the name of whoever wrote begins: after a parting word near the end, or on a last line that names a trade; the length where there is none. */
export function findSignature(tokens: readonly Token[]): number {
  const start = Math.max(0, tokens.length - longest);
  const parting = tokens.findLastIndex(
    (token, at) =>
      at >= start && token.kind === 'word' && (partings.has(token.word) || vocabulary.thanks.has(token.word)),
  );
  if (parting > 0) {
    return parting + 1;
  }
  const line = tokens.findIndex((token, at) => at >= start && at > 0 && token.text === '\n');
  const hasRole = line > 0 && tokens.slice(line).some((token) => roles.test(token.word));
  return hasRole ? line : tokens.length;
}
