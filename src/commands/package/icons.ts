import { type PNGWithMetadata, PNG } from 'pngjs';

/**
 * The problems that Teams would have with the two icons: `color.png` is 192×192 and `outline.png` 32×32, white on transparent.
 * https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
 */
export function findIconProblems(icons: {
  readonly color: Uint8Array;
  readonly outline: Uint8Array;
}): readonly string[] {
  return [...findColorProblems(readPng(icons.color)), ...findOutlineProblems(readPng(icons.outline))];
}

const unreadable = 'is not a PNG of 8 bits a channel, RGB or RGBA, without interlacing';

function findColorProblems(icon: Picture | undefined): readonly string[] {
  if (icon === undefined) {
    return [`color.png ${unreadable}`];
  }
  return [
    ...findSizeProblems('color.png', icon, 192),
    ...(alphas(icon).every((alpha) => alpha === 0) ? ['color.png is empty'] : []),
  ];
}

function findOutlineProblems(icon: Picture | undefined): readonly string[] {
  if (icon === undefined) {
    return [`outline.png ${unreadable}`];
  }
  const seen = alphas(icon);
  const isWhite = icon.pixels.every((value, index) => index % 4 === 3 || value === 255 || seen[index >> 2] === 0);
  return [
    ...findSizeProblems('outline.png', icon, 32),
    ...(isWhite ? [] : ['outline.png has colours other than white']),
    ...(seen.includes(0) ? [] : ['outline.png has no transparent background']),
    ...(seen.includes(255) ? [] : ['outline.png has nothing to see in it']),
  ];
}

function findSizeProblems(name: string, icon: Picture, size: number): readonly string[] {
  return icon.width === size && icon.height === size
    ? []
    : [`${name} is ${icon.width}×${icon.height}, and has to be ${size}×${size}`];
}

function alphas(icon: Picture): Uint8Array {
  return icon.pixels.filter((_, index) => index % 4 === 3);
}

/** A decoded picture: four bytes a pixel (red, green, blue, alpha), row by row. */
type Picture = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** Colour types of PNG: RGB without and with alpha. https://www.w3.org/TR/png-3/#6Colour-values */
const colourTypes = new Set([2, 6]);

/** Decodes a PNG of 8 bits a channel, with or without alpha, not interlaced; undefined for every other file. */
function readPng(file: Uint8Array): Picture | undefined {
  const picture = decode(file);
  if (picture === undefined || picture.depth !== 8 || picture.interlace) return undefined;
  if (!colourTypes.has(picture.colorType)) return undefined;
  return { width: picture.width, height: picture.height, pixels: picture.data };
}

function decode(file: Uint8Array): PNGWithMetadata | undefined {
  try {
    return PNG.sync.read(Buffer.from(file));
  } catch {
    return undefined;
  }
}
