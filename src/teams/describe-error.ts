import { readOwn } from './read-own.ts';

/** What may be logged of any error: its name, its code and the line of ours it came from, never its message. */
export function describeError(error: unknown): {
  readonly name: string | undefined;
  readonly code: string | undefined;
  readonly place: string | undefined;
} {
  if (!Error.isError(error)) return { name: undefined, code: undefined, place: undefined };
  const code = readOwn(error, 'code');
  // A message may have lines that look like places, so only what follows the message is looked at.
  const behind = error.stack?.split(error.message).at(-1) ?? '';
  return {
    name: error.name,
    code: typeof code === 'string' && /^[\w.-]{1,64}$/.test(code) ? code : undefined,
    place: /(?:src|test)\/[\w/.-]+:\d+:\d+/.exec(behind)?.[0],
  };
}
