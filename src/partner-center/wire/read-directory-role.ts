import { readText } from './read-text.ts';

/** A directory role of a user. Judge by `id`, Entra's role template id: `name` is a legacy name. */
export type DirectoryRole = { readonly id: string; readonly name: string | undefined };

/** Reads a role off the wire; undefined where it has no id. */
export function readDirectoryRole(value: unknown): DirectoryRole | undefined {
  const id = readText(value, 'id');
  return id === undefined ? undefined : { id, name: readText(value, 'name') };
}
