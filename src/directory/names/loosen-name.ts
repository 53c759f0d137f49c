import { foldName } from './fold-name.ts';

/** A name without the ways an accent is written: `Müller`, `Mueller` and `Muller` are one. */
export function loosenName(name: string): string {
  return foldName(name)
    .replaceAll(/([aou])e/g, '$1')
    .replaceAll('aa', 'a');
}
