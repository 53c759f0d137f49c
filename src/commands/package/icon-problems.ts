import { readPng } from './read-png.ts';
import type { Picture } from './read-png.ts';

/**
 * What Teams would not like about the two icons: `color.png` is 192×192 and `outline.png` 32×32, white on transparent.
 * https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
 */
export function iconProblems(icons: { readonly color: Uint8Array; readonly outline: Uint8Array }): readonly string[] {
  return [...colorProblems(readPng(icons.color)), ...outlineProblems(readPng(icons.outline))];
}

const unreadable = 'is not a PNG of 8 bits a channel, RGB or RGBA, without interlacing';

function colorProblems(icon: Picture | undefined): readonly string[] {
  if (icon === undefined) {
    return [`color.png ${unreadable}`];
  }
  return [
    ...sizeProblems('color.png', icon, 192),
    ...(alphas(icon).every((alpha) => alpha === 0) ? ['color.png is empty'] : []),
  ];
}

function outlineProblems(icon: Picture | undefined): readonly string[] {
  if (icon === undefined) {
    return [`outline.png ${unreadable}`];
  }
  const seen = alphas(icon);
  const isWhite = icon.pixels.every((value, index) => index % 4 === 3 || value === 255 || seen[index >> 2] === 0);
  return [
    ...sizeProblems('outline.png', icon, 32),
    ...(isWhite ? [] : ['outline.png has colours other than white']),
    ...(seen.includes(0) ? [] : ['outline.png has no transparent background']),
    ...(seen.includes(255) ? [] : ['outline.png has nothing to see in it']),
  ];
}

function sizeProblems(name: string, icon: Picture, size: number): readonly string[] {
  return icon.width === size && icon.height === size
    ? []
    : [`${name} is ${icon.width}×${icon.height}, and has to be ${size}×${size}`];
}

function alphas(icon: Picture): Uint8Array {
  return icon.pixels.filter((_, index) => index % 4 === 3);
}
