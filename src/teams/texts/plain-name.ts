import { cleanName } from '../cards/clean-name.ts';

/**
 * Makes a text from outside fit to stand in a message of `textFormat` plain: cleaned as on a card, and without what a
 * client might read as a mention, a tag or a link.
 */
export function plainName(name: string, atMost?: number): string {
  return cleanName(name, atMost).replaceAll('<', '‹').replaceAll('>', '›').replaceAll('://', ': //');
}
