import { inflateSync } from 'node:zlib';

/**
 * What Teams would not like about the two icons: `color.png` is 192×192 and `outline.png` 32×32, white on transparent.
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

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const bytesPerPixel = new Map([
  [2, 3],
  [6, 4],
]);

/**
 * Decodes a PNG of 8 bits a channel, with or without alpha, not interlaced; undefined where the file is none of these.
 * https://www.w3.org/TR/png-3/
 */
export function readPng(file: Uint8Array): Picture | undefined {
  const bytes = Buffer.from(file);
  if (!bytes.subarray(0, 8).equals(signature)) {
    return undefined;
  }
  const chunks = readChunks(bytes);
  const header = chunks.find(({ type }) => type === 'IHDR')?.data;
  if (header?.length !== 13) {
    return undefined;
  }
  const channels = bytesPerPixel.get(header.readUInt8(9));
  if (header.readUInt8(8) !== 8 || header.readUInt8(12) !== 0 || channels === undefined) {
    return undefined;
  }
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const raw = inflate(Buffer.concat(chunks.filter(({ type }) => type === 'IDAT').map(({ data }) => data)));
  if (raw?.length !== height * (width * channels + 1)) {
    return undefined;
  }
  return { width, height, pixels: withAlpha(unfilter(raw, width * channels, channels), channels) };
}

function readChunks(bytes: Buffer): readonly { readonly type: string; readonly data: Buffer }[] {
  const chunks: { type: string; data: Buffer }[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    chunks.push({ type: bytes.toString('latin1', at + 4, at + 8), data: bytes.subarray(at + 8, at + 8 + length) });
    at += 12 + length;
  }
  return chunks;
}

function inflate(data: Buffer): Buffer | undefined {
  try {
    return inflateSync(data);
  } catch {
    return undefined;
  }
}

/** Undoes the five row filters of PNG, each of which predicts a byte from its left, upper and upper left neighbours. */
function unfilter(raw: Buffer, rowLength: number, step: number): Uint8Array {
  const out = new Uint8Array((raw.length / (rowLength + 1)) * rowLength);
  for (let index = 0; index < out.length; index += 1) {
    const column = index % rowLength;
    const row = Math.floor(index / rowLength);
    const left = column < step ? 0 : (out[index - step] ?? 0);
    const up = row === 0 ? 0 : (out[index - rowLength] ?? 0);
    const upLeft = column < step || row === 0 ? 0 : (out[index - rowLength - step] ?? 0);
    const filter = raw[row * (rowLength + 1)] ?? 0;
    const predicted = [0, left, up, (left + up) >> 1, predictPaeth(left, up, upLeft)][filter] ?? 0;
    out[index] = (raw[row * (rowLength + 1) + 1 + column] ?? 0) + predicted;
  }
  return out;
}

function predictPaeth(left: number, up: number, upLeft: number): number {
  const guess = left + up - upLeft;
  const [byLeft, byUp, byBoth] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - upLeft)];
  if (byLeft <= byUp && byLeft <= byBoth) {
    return left;
  }
  return byUp <= byBoth ? up : upLeft;
}

function withAlpha(pixels: Uint8Array, channels: number): Uint8Array {
  if (channels === 4) {
    return pixels;
  }
  return Uint8Array.from({ length: (pixels.length / 3) * 4 }, (_, index) =>
    index % 4 === 3 ? 255 : (pixels[Math.floor(index / 4) * 3 + (index % 4)] ?? 0),
  );
}
