import { findCanaries } from './find-canaries.ts';
import { readFolder } from './read-folder.ts';

/** Where these passwords lie, in any form, in what a bot in a process of its own has printed, or in its data. */
export function findLeftPasswords(
  passwords: readonly string[],
  { printed, folder }: { readonly printed: string; readonly folder: string },
): readonly string[] {
  const files = readFolder(folder).map(({ file, text }) => ({ name: `the file ${file}`, text }));
  return findCanaries(
    passwords.map((secret) => ({ kind: 'password', secret })),
    [{ name: 'what the bot printed', text: printed }, ...files],
  );
}
