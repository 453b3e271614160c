// Writes small PNGs: at most 256 colours, the most frequent ones exactly, and one byte per pixel. A screen has a few
// flat colours and a thousand shades of text between them, so nothing visible is lost.
import type { Pixels } from "pngjs";
import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_COLOURS = 256;

/** The bytes of a PNG with a palette (https://www.w3.org/TR/png-3/), for pixels of four bytes without alpha. */
export function smallPng({ width, height, data }: Pixels) {
  const pixels = new Uint32Array(width * height);
  for (let at = 0; at < pixels.length; at++)
    pixels[at] = (data[4 * at] << 16) | (data[4 * at + 1] << 8) | data[4 * at + 2];
  const palette = paletteOf(pixels);
  const places = new Map<number, number>();
  const rows = Buffer.alloc(height * (width + 1));
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const colour = pixels[y * width + x];
      let place = places.get(colour);
      if (place === undefined) places.set(colour, (place = nearest(palette, colour).place));
      rows[y * (width + 1) + x + 1] = place;
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", header),
    chunk("PLTE", colours),
    chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/**
 * The most frequent colours, none too close to an earlier one; the threshold is the smallest that yields at most 256.
 */
function paletteOf(pixels: Uint32Array): number[] {
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const byCount = [...counts].sort(([a, most], [b, many]) => many - most || a - b).map(([colour]) => colour);
  for (let near = 0; ; near += 2) {
    const palette: number[] = [];
    for (const colour of byCount) {
      if (palette.length > MOST_COLOURS) break;
      if (nearest(palette, colour).distance >= near * near) palette.push(colour);
    }
    if (palette.length <= MOST_COLOURS) return palette;
  }
}

function nearest(palette: number[], colour: number) {
  let place = 0;
  let distance = Infinity;
  for (let at = 0; at < palette.length; at++) {
    const red = (palette[at] >> 16) - (colour >> 16);
    const green = ((palette[at] >> 8) & 255) - ((colour >> 8) & 255);
    const blue = (palette[at] & 255) - (colour & 255);
    const far = red * red + green * green + blue * blue;
    if (far < distance) [place, distance] = [at, far];
  }
  return { place, distance };
}

function chunk(name: string, content: Buffer) {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(content.length, 0);
  framed.set(named, 4);
  framed.writeUInt32BE(crc32(named), named.length + 4);
  return framed;
}
