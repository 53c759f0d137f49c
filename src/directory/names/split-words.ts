import { loosenName } from './loosen-name.ts';

const longestWord = 40;

/** The words of a name, loosened: `D’Arcy Müller-Lüdenscheidt` is `darcy`, `muller`, `ludenscheidt`. */
export function splitWords(name: string): readonly string[] {
  return loosenName(name.toWellFormed())
    .replaceAll("'", '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .map((word) => word.slice(0, longestWord));
}
