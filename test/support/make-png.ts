import { crc32, deflateSync } from 'node:zlib';

/** A square PNG with the colour (red, green, blue, alpha) of each place, every row through the same filter (0 to 4). */
export function makePng(size: number, colour: (x: number, y: number) => readonly number[], filter = 0): Buffer {
  const at = (x: number, y: number, channel: number) => (x < 0 || y < 0 ? 0 : (colour(x, y)[channel] ?? 0));
  const rows = Array.from({ length: size }, (_, y) => [
    filter,
    ...Array.from({ length: size * 4 }, (_unused, index) => {
      const [x, channel] = [index >> 2, index & 3];
      const [left, up, upLeft] = [at(x - 1, y, channel), at(x, y - 1, channel), at(x - 1, y - 1, channel)];
      const nearest = [left, up, upLeft].toSorted(
        (one, other) => Math.abs(left + up - upLeft - one) - Math.abs(left + up - upLeft - other),
      )[0];
      return (at(x, y, channel) - ([0, left, up, (left + up) >> 1, nearest][filter] ?? 0)) & 255;
    }),
  ]);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Uint8Array.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
