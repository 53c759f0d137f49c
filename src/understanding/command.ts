import { readTokens, type Token } from './tokens.ts';
import type { Vocabulary } from './vocabulary-shape.ts';

/** What a message asks for. Anything but a command is a `sentence`: what exists decides what it means. */
export type Command =
  | { readonly kind: 'sentence'; readonly text: string }
  | { readonly kind: 'confirm'; readonly rest: string }
  | { readonly kind: 'greeting' }
  | { readonly kind: 'thanks' }
  | { readonly kind: 'help' }
  /** `reference`: of the one request that is meant. */
  | { readonly kind: 'status'; readonly reference: string | undefined }
  | { readonly kind: 'history'; readonly of: string | undefined }
  | { readonly kind: 'cancel'; readonly reference: string | undefined }
  /** `isNamed`: more is said than that what is shown should be hidden, such as whose password is meant. */
  | { readonly kind: 'hide'; readonly isNamed: boolean }
  /** `everything`: it was said that all is meant. */
  | { readonly kind: 'freeze' | 'thaw'; readonly customer: string | undefined; readonly everything: boolean }
  /** A question who may approve. */
  | { readonly kind: 'approvers' }
  /** A question about a freeze, or about freezing. */
  | { readonly kind: 'about-freezing' }
  | { readonly kind: 'too-long' }
  | { readonly kind: 'nothing' };

const longest = 1000;

/**
 * Reads what a cleaned message asks for. It never throws. Work grows with the length, up to 1,000 characters; a longer
 * text is `too-long`.
 */
export function readCommand(text: string, vocabulary: Vocabulary): Command {
  const typed = text.trim().replace(vocabulary.commands.ownName, '').trim();
  if (typed === '') return { kind: 'nothing' };
  if (typed.length > 2 * longest || [...typed].length > longest) return { kind: 'too-long' };
  const tokens = readTokens(typed);
  return readShortCommand(typed, tokens, vocabulary) ?? { kind: 'sentence', text: typed };
}

function readShortCommand(text: string, tokens: readonly Token[], { commands }: Vocabulary): Command | undefined {
  const isCourtesy = ({ kind, key }: Token): boolean => kind === 'mark' || commands.courtesy.has(key);
  const from = tokens.findIndex((token) => !isCourtesy(token));
  const bare = from === -1 ? [] : tokens.slice(from, tokens.findLastIndex((token) => !isCourtesy(token)) + 1);
  const said = bare
    .filter(({ kind }) => kind === 'word')
    .map(({ key }) => key)
    .join(' ');
  const all = tokens
    .filter(({ kind }) => kind === 'word')
    .map(({ key }) => key)
    .join(' ');
  if (commands.thanks.test(all)) return { kind: 'thanks' };
  if (bare.length === 0) {
    if (all !== '') return { kind: 'greeting' };
    return text.includes('?') ? { kind: 'help' } : undefined;
  }
  if (commands.greeting.test(all)) return { kind: 'greeting' };
  if (commands.help.test(said)) return { kind: 'help' };
  if (commands.approvers.test(said)) return { kind: 'approvers' };
  if (commands.status.test(said)) return { kind: 'status', reference: undefined };
  const [verb, ...rest] = bare;
  const one = commands.status.test(verb?.key ?? '') ? readReference(rest, commands.cancelFillers) : undefined;
  if (one !== undefined && isShortReference(one)) return { kind: 'status', reference: one };
  const after = text.slice(verb?.end ?? 0);
  if (commands.cancel.test(said))
    return {
      kind: 'cancel',
      reference: verb?.key === 'cancel' ? readReference(rest, commands.cancelFillers) : undefined,
    };
  const hides = commands.hide.exec(said);
  if (hides !== null && !commands.hidesBesides.test(said)) return { kind: 'hide', isNamed: hides[0] !== said };
  const history = commands.history.exec(said);
  if (history !== null)
    return { kind: 'history', of: readName(bare.slice(history[0].split(' ').length), text, commands.historyFillers) };
  if (commands.confirm.test(verb?.key ?? '')) return { kind: 'confirm', rest: after.trim() };
  const freezes = commands.freeze.test(verb?.key ?? '');
  if (!freezes && !commands.thaw.test(verb?.key ?? '')) return undefined;
  return readFreeze(freezes ? 'freeze' : 'thaw', tokens.slice(from + 1), text);

  function readFreeze(kind: 'freeze' | 'thaw', named: readonly Token[], typed: string): Command | undefined {
    const words = named
      .filter((token) => token.kind === 'word')
      .map(({ key }) => key)
      .join(' ');
    if (commands.notFrozen.test(words)) return undefined;
    const pleads = tokens.some(({ key }) => commands.pleads.has(key));
    if (typed.includes('?') && !(kind === 'freeze' && pleads)) return { kind: 'about-freezing' };
    if (kind === 'freeze' && commands.everythingFirst.test(words))
      return { kind, customer: undefined, everything: true };
    // A thaw with an exception or a condition lifts nothing: no customer is called so.
    const isExcept =
      kind === 'thaw' &&
      commands.everything.test(words) &&
      readName(named, typed, commands.freezeFillers) !== undefined;
    const customer = isExcept ? words : readName(named, typed, commands.freezeFillers);
    return { kind, customer, everything: customer === undefined && commands.everything.test(words) };
  }
}

/** A reference after `cancel`: one word, or the two groups of a short one; undefined where there is none, or more. */
function readReference(rest: readonly Token[], fillers: ReadonlySet<string>): string | undefined {
  const named = rest.filter(({ kind, key }) => kind === 'word' && !fillers.has(key));
  const [only, second] = named;
  if (only !== undefined && second !== undefined && named.length === 2 && [only, second].every(isGroup))
    return `${only.text}-${second.text}`;
  if (only === undefined || named.length > 1 || !/^[\w-]{3,64}$/.test(only.text)) return undefined;
  const hash = rest[rest.indexOf(only) - 1];
  return hash?.text === '#' ? `#${only.text}` : only.text;
}

/** One of the two groups of a reference that was read out. It has no vowel, so it is no name. */
function isGroup({ key }: Token): boolean {
  return /^[cdfghjkmnp-rtwxy3479]{4}$/.test(key);
}

/** Both groups of a reference. Anything else after `status` may be a sentence. */
function isShortReference(text: string): boolean {
  return /^#?[cdfghjkmnp-rtwxy3479]{4}-?[cdfghjkmnp-rtwxy3479]{4}$/i.test(text);
}

/** What is left of a name once the words around it are taken off. */
function readName(named: readonly Token[], text: string, fillers: ReadonlySet<string>): string | undefined {
  const isFiller = ({ kind, key, quote }: Token): boolean =>
    quote === undefined && (kind === 'mark' || fillers.has(key));
  const from = named.findIndex((token) => !isFiller(token));
  if (from === -1) return undefined;
  const to = named.findLastIndex((token) => !isFiller(token));
  const name = text.slice(named[from]?.start ?? 0, named[to]?.end ?? 0).replace(/^"|"$/g, '');
  return name === '' ? undefined : name;
}
